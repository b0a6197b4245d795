package dev.mayfly.wasi;

import dev.mayfly.disk.Inode;
import dev.mayfly.disk.Node;
import dev.mayfly.disk.NodeKind;

/** Writes {@code filestat} of preview 1's witx definition. */
final class FileStat {

    static final int BYTES = 64;

    /** Tells files from streams, whose device is 0. */
    private static final long FILE_DEVICE = 1;

    private FileStat() {}

    static FileType typeOf(NodeKind kind) {
        return switch (kind) {
            case DIRECTORY -> FileType.DIRECTORY;
            case REGULAR_FILE -> FileType.REGULAR_FILE;
            case SYMBOLIC_LINK -> FileType.SYMBOLIC_LINK;
        };
    }

    static void write(GuestMemory memory, long address, Node node) throws ErrnoException {
        Inode inode = node.inode();
        memory.zero(address, BYTES);
        memory.putLong(address, FILE_DEVICE);
        memory.putLong(address + 8, inode.number());
        memory.putByte(address + 16, typeOf(node.kind()).code());
        memory.putLong(address + 24, inode.links());
        memory.putLong(address + 32, node.size());
        memory.putLong(address + 40, inode.accessed());
        memory.putLong(address + 48, inode.modified());
        memory.putLong(address + 56, inode.changed());
    }

    /** A stream has a type and one link, and no size or times. */
    static void writeStream(GuestMemory memory, long address, long fd, FileType type) throws ErrnoException {
        memory.zero(address, BYTES);
        memory.putLong(address + 8, fd);
        memory.putByte(address + 16, type.code());
        memory.putLong(address + 24, 1);
    }
}

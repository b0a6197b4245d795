package dev.mayfly.disk.formats.ext4;

import dev.mayfly.disk.formats.input.Bytes;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import dev.mayfly.disk.layout.Shown;
import java.util.List;

/**
 * Reads the entries of a directory in the order they are in. What a directory's index adds looks like entries that stand
 * for nothing.
 */
final class DirectoryEntries {

    private static final int HEADER_BYTES = 8;
    private static final int PARENT_BYTES = 4;
    private static final int LARGEST_BLOCK = 65_536;

    /** A name, and the inode that it stands for. */
    record Entry(String name, long inode) {}

    private final Superblock superblock;
    private final String path;

    DirectoryEntries(Superblock superblock, String path) {
        this.superblock = superblock;
        this.path = path;
    }

    /** Of a directory in an inode: its parent, then entries to the end of the map, then entries in the attribute. */
    void readInline(Bytes data, long size, List<Entry> target) throws DiskImageException {
        int end = Math.clamp(size, 0, data.length());
        read(data, PARENT_BYTES, Math.min(end, Inode.MAP_BYTES), target);
        read(data, Inode.MAP_BYTES, end, target);
    }

    /** Of a block. */
    void read(Bytes block, int start, int end, List<Entry> target) throws DiskImageException {
        for (int at = start; at < end; ) {
            long inode = block.u32(at);
            int length = recordLength(block.u16(at + 4));
            int name = superblock.fileTypes() ? block.u8(at + 6) : block.u16(at + 6);
            if (length < HEADER_BYTES + name || length % 4 != 0 || length > end - at) {
                throw new DiskImageException(
                        Reason.MALFORMED, "a directory is damaged, " + block.place(at) + ": " + Shown.text(path));
            }
            if (inode != 0) {
                add(block.text(at + HEADER_BYTES, name), inode, target);
            }
            at += length;
        }
    }

    private static void add(String name, long inode, List<Entry> target) {
        if (!name.equals(".") && !name.equals("..")) {
            target.add(new Entry(name, inode));
        }
    }

    /** Lengths that do not fit into 16 bits are those of whole blocks. */
    private int recordLength(int stored) {
        return superblock.blockBytes() == LARGEST_BLOCK && (stored == 0xFFFF || stored == 0) ? LARGEST_BLOCK : stored;
    }
}

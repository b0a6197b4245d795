package dev.mayfly.wasi;

import dev.mayfly.disk.Directory;
import java.nio.charset.StandardCharsets;

/** Those of {@code fd_*} that need a directory. */
final class DirectoryCalls {

    private DirectoryCalls() {}

    /**
     * Lists what fits; the last entry is cut off at the end of the buffer, from which the guest knows that there is more.
     * A cookie is the place of the next entry: 0 and 1 for the directory and its parent, then those of its entries.
     */
    static Errno readdir(WasiProcess process, long[] a) throws ErrnoException {
        process.memory().require(a[4], Integer.BYTES);
        Directory directory =
                process.descriptors().directory(a[0], Rights.FD_READDIR).directory();
        DirectoryWriter writer = new DirectoryWriter(process.memory(), a[1], a[2]);
        list(directory, a[3], writer);
        process.memory().putInt(a[4], (int) writer.written());
        return Errno.SUCCESS;
    }

    private static void list(Directory directory, long cookie, DirectoryWriter writer) throws ErrnoException {
        if (cookie < 0) {
            return;
        }
        if (cookie == 0) {
            writer.write(1, ".", directory.inode().number(), FileType.DIRECTORY);
        }
        if (cookie <= 1) {
            writer.write(2, "..", directory.parent().inode().number(), FileType.DIRECTORY);
        }
        for (Directory.Entry entry : directory.entriesFrom(Math.max(0, cookie - 2))) {
            if (writer.full()) {
                return;
            }
            writer.write(entry.place() + 3, entry.name(), entry.number(), FileStat.typeOf(entry.kind()));
        }
    }

    /** Guests ask for 3, 4, ... until {@code BADF}. */
    static Errno prestatGet(WasiProcess process, long[] a) throws ErrnoException {
        requirePreopened(process, a[0]);
        process.memory().require(a[1], 8);
        process.memory().putInt(a[1], 0);
        process.memory().putInt(a[1] + 4, name().length);
        return Errno.SUCCESS;
    }

    static Errno prestatDirName(WasiProcess process, long[] a) throws ErrnoException {
        requirePreopened(process, a[0]);
        if (a[2] < name().length) {
            return Errno.NAMETOOLONG;
        }
        process.memory().putBytes(a[1], name(), name().length);
        return Errno.SUCCESS;
    }

    private static byte[] name() {
        return DirectoryDescriptor.ROOT.getBytes(StandardCharsets.UTF_8);
    }

    private static void requirePreopened(WasiProcess process, long fd) throws ErrnoException {
        if (!(process.descriptors().get(fd) instanceof DirectoryDescriptor directory && directory.preopened())) {
            throw ErrnoException.of(Errno.BADF);
        }
    }
}

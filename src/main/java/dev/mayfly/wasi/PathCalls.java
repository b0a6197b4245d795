package dev.mayfly.wasi;

import dev.mayfly.disk.Directory;
import dev.mayfly.disk.FileException;
import dev.mayfly.disk.Node;
import dev.mayfly.disk.SymbolicLink;
import java.nio.charset.StandardCharsets;

/** {@code path_*}, but for {@code path_open}. */
final class PathCalls {

    private static final long SYMLINK_FOLLOW = 1;

    private PathCalls() {}

    static Errno createDirectory(WasiProcess process, long[] a) throws ErrnoException, FileException {
        Directory directory = directory(process, a[0], Rights.PATH_CREATE_DIRECTORY);
        process.files().createDirectory(directory, path(process, a[1], a[2]));
        return Errno.SUCCESS;
    }

    static Errno filestatGet(WasiProcess process, long[] a) throws ErrnoException, FileException {
        Directory directory = directory(process, a[0], Rights.PATH_FILESTAT_GET);
        process.memory().require(a[4], FileStat.BYTES);
        Node node = process.files().find(directory, path(process, a[2], a[3]), follow(a[1]));
        FileStat.write(process.memory(), a[4], node);
        return Errno.SUCCESS;
    }

    static Errno filestatSetTimes(WasiProcess process, long[] a) throws ErrnoException, FileException {
        Directory directory = directory(process, a[0], Rights.PATH_FILESTAT_SET_TIMES);
        NewTimes times = new NewTimes(a[4], a[5], a[6]).requireValid();
        Node node = process.files().find(directory, path(process, a[2], a[3]), follow(a[1]));
        times.applyTo(node, process.files());
        return Errno.SUCCESS;
    }

    static Errno link(WasiProcess process, long[] a) throws ErrnoException, FileException {
        Directory from = directory(process, a[0], Rights.PATH_LINK_SOURCE);
        Directory to = directory(process, a[4], Rights.PATH_LINK_TARGET);
        boolean follow = follow(a[1]);
        process.files().link(from, path(process, a[2], a[3]), follow, to, path(process, a[5], a[6]));
        return Errno.SUCCESS;
    }

    static Errno readlink(WasiProcess process, long[] a) throws ErrnoException, FileException {
        Directory directory = directory(process, a[0], Rights.PATH_READLINK);
        process.memory().require(a[3], a[4]);
        process.memory().require(a[5], Integer.BYTES);
        Node node = process.files().find(directory, path(process, a[1], a[2]), false);
        if (!(node instanceof SymbolicLink link)) {
            return Errno.INVAL;
        }
        byte[] target = link.target().getBytes(StandardCharsets.UTF_8);
        int length = (int) Math.min(target.length, a[4]);
        process.memory().putBytes(a[3], target, length);
        process.memory().putInt(a[5], length);
        return Errno.SUCCESS;
    }

    static Errno removeDirectory(WasiProcess process, long[] a) throws ErrnoException, FileException {
        Directory directory = directory(process, a[0], Rights.PATH_REMOVE_DIRECTORY);
        process.files().removeDirectory(directory, path(process, a[1], a[2]));
        return Errno.SUCCESS;
    }

    static Errno rename(WasiProcess process, long[] a) throws ErrnoException, FileException {
        Directory from = directory(process, a[0], Rights.PATH_RENAME_SOURCE);
        Directory to = directory(process, a[3], Rights.PATH_RENAME_TARGET);
        process.files().rename(from, path(process, a[1], a[2]), to, path(process, a[4], a[5]));
        return Errno.SUCCESS;
    }

    /** The link's text comes first, the directory third. */
    static Errno symlink(WasiProcess process, long[] a) throws ErrnoException, FileException {
        Directory directory = directory(process, a[2], Rights.PATH_SYMLINK);
        String target = path(process, a[0], a[1]);
        process.files().createLink(target, directory, path(process, a[3], a[4]));
        return Errno.SUCCESS;
    }

    static Errno unlinkFile(WasiProcess process, long[] a) throws ErrnoException, FileException {
        Directory directory = directory(process, a[0], Rights.PATH_UNLINK_FILE);
        process.files().unlink(directory, path(process, a[1], a[2]));
        return Errno.SUCCESS;
    }

    /** {@code lookupflags} of preview 1's witx definition. */
    static boolean follow(long flags) throws ErrnoException {
        if ((flags & ~SYMLINK_FOLLOW) != 0) {
            throw ErrnoException.of(Errno.INVAL);
        }
        return flags == SYMLINK_FOLLOW;
    }

    private static Directory directory(WasiProcess process, long fd, long right) throws ErrnoException {
        return process.descriptors().directory(fd, right).directory();
    }

    private static String path(WasiProcess process, long address, long length) throws ErrnoException {
        return PathArgument.read(process.memory(), address, length);
    }
}

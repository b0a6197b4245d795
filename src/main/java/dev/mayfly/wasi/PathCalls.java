package dev.mayfly.wasi;

/**
 * {@code path_*}. There is no directory yet that a path could start from, so each of them fails at its directory
 * descriptor, before it looks at the path.
 */
final class PathCalls {

    private PathCalls() {}

    /** The calls whose first argument is the only directory. */
    static Errno inDirectory(WasiProcess process, long[] a) throws ErrnoException {
        return requireDirectory(process, a[0]);
    }

    /** {@code path_symlink}: the link's text comes first, the directory third. */
    static Errno symlink(WasiProcess process, long[] a) throws ErrnoException {
        return requireDirectory(process, a[2]);
    }

    private static Errno requireDirectory(WasiProcess process, long fd) throws ErrnoException {
        return switch (process.descriptors().get(fd)) {
            case InputStreamDescriptor input -> Errno.NOTDIR;
            case OutputStreamDescriptor output -> Errno.NOTDIR;
        };
    }
}

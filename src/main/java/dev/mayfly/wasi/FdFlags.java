package dev.mayfly.wasi;

/** Bits of {@code fdflags} in preview 1's witx definition. */
final class FdFlags {

    static final int APPEND = 1;
    static final int DSYNC = 1 << 1;
    static final int NONBLOCK = 1 << 2;
    static final int RSYNC = 1 << 3;
    static final int SYNC = 1 << 4;

    private static final int ALL = APPEND | DSYNC | NONBLOCK | RSYNC | SYNC;

    private FdFlags() {}

    /** The flags, if they are nothing but. */
    static int known(long flags) throws ErrnoException {
        if ((flags & ~ALL) != 0) {
            throw ErrnoException.of(Errno.INVAL);
        }
        return (int) flags;
    }
}

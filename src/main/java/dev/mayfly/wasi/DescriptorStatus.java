package dev.mayfly.wasi;

/** What the guest can change about an open descriptor. Rights can only be given up. */
final class DescriptorStatus {

    private long rights;
    private long inheritingRights;
    private int flags;

    DescriptorStatus(long rights, long inheritingRights, int flags) {
        this.rights = rights;
        this.inheritingRights = inheritingRights;
        this.flags = flags;
    }

    long rights() {
        return rights;
    }

    long inheritingRights() {
        return inheritingRights;
    }

    int flags() {
        return flags;
    }

    boolean nonBlocking() {
        return (flags & FdFlags.NONBLOCK) != 0;
    }

    boolean appending() {
        return (flags & FdFlags.APPEND) != 0;
    }

    boolean has(long right) {
        return (rights & right) == right;
    }

    void require(long right) throws ErrnoException {
        if (!has(right)) {
            throw ErrnoException.of(Errno.NOTCAPABLE);
        }
    }

    /** Requires that rights can be passed on. */
    void requireInheriting(long wanted) throws ErrnoException {
        if ((wanted & ~inheritingRights) != 0) {
            throw ErrnoException.of(Errno.NOTCAPABLE);
        }
    }

    void setFlags(long newFlags) throws ErrnoException {
        int known = FdFlags.known(newFlags);
        require(Rights.FD_FDSTAT_SET_FLAGS);
        flags = known;
    }

    void reduceRights(long newRights, long newInheritingRights) throws ErrnoException {
        if ((newRights & ~rights) != 0 || (newInheritingRights & ~inheritingRights) != 0) {
            throw ErrnoException.of(Errno.NOTCAPABLE);
        }
        rights = newRights;
        inheritingRights = newInheritingRights;
    }
}

package dev.mayfly.wasi;

/** What the guest can change about an open descriptor. Rights can only be given up. */
final class DescriptorStatus {

    private long rights;
    private long inheritingRights;
    private int flags;

    DescriptorStatus(long rights, long inheritingRights) {
        this.rights = rights;
        this.inheritingRights = inheritingRights;
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

    void require(long right) throws ErrnoException {
        if ((rights & right) != right) {
            throw ErrnoException.of(Errno.NOTCAPABLE);
        }
    }

    void setFlags(long newFlags) throws ErrnoException {
        if ((newFlags & ~FdFlags.ALL) != 0) {
            throw ErrnoException.of(Errno.INVAL);
        }
        require(Rights.FD_FDSTAT_SET_FLAGS);
        flags = (int) newFlags;
    }

    void reduceRights(long newRights, long newInheritingRights) throws ErrnoException {
        if ((newRights & ~rights) != 0 || (newInheritingRights & ~inheritingRights) != 0) {
            throw ErrnoException.of(Errno.NOTCAPABLE);
        }
        rights = newRights;
        inheritingRights = newInheritingRights;
    }
}

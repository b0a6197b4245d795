package dev.mayfly.wasi;

import dev.mayfly.disk.Directory;
import dev.mayfly.disk.FileException;
import dev.mayfly.disk.Node;
import dev.mayfly.disk.Opening;
import dev.mayfly.disk.RegularFile;
import dev.mayfly.disk.SymbolicLink;

/** {@code path_open}. */
final class OpenCalls {

    /** {@code oflags} of preview 1's witx definition. */
    static final long CREAT = 1;

    static final long DIRECTORY = 1 << 1;
    static final long EXCL = 1 << 2;
    static final long TRUNC = 1 << 3;

    private OpenCalls() {}

    /**
     * Opens a file with the rights asked for, which must be among those that the directory passes on, as far as they
     * make sense for a file of its kind.
     */
    static Errno open(WasiProcess process, long[] a) throws ErrnoException, FileException {
        GuestMemory memory = process.memory();
        memory.require(a[8], Integer.BYTES);
        DirectoryDescriptor from = process.descriptors().directory(a[0], Rights.PATH_OPEN);
        Opening how = opening(a[1], a[4], a[5]);
        requireAllowed(from.status(), how, a[5], a[6]);
        int flags = FdFlags.known(a[7]);
        process.descriptors().requireFree();
        Node node = process.files().open(from.directory(), PathArgument.read(memory, a[2], a[3]), how);
        memory.putInt(a[8], process.descriptors().add(descriptor(node, a[5], a[6], flags)));
        return Errno.SUCCESS;
    }

    private static Opening opening(long lookupFlags, long flags, long rights) throws ErrnoException {
        if ((flags & ~(CREAT | DIRECTORY | EXCL | TRUNC)) != 0) {
            throw ErrnoException.of(Errno.INVAL);
        }
        boolean create = (flags & CREAT) != 0;
        boolean directory = (flags & DIRECTORY) != 0;
        if (create && directory) {
            throw ErrnoException.of(Errno.INVAL);
        }
        return new Opening(
                create,
                (flags & EXCL) != 0,
                directory,
                (flags & TRUNC) != 0,
                (rights & Rights.FD_WRITE) != 0,
                PathCalls.follow(lookupFlags));
    }

    private static void requireAllowed(DescriptorStatus from, Opening how, long rights, long inheritingRights)
            throws ErrnoException {
        if (how.create()) {
            from.require(Rights.PATH_CREATE_FILE);
        }
        if (how.truncate()) {
            from.require(Rights.PATH_FILESTAT_SET_SIZE);
        }
        from.requireInheriting((rights | inheritingRights) & (Rights.FILE | Rights.DIRECTORY));
    }

    private static Descriptor descriptor(Node node, long rights, long inheritingRights, int flags) {
        return switch (node) {
            case RegularFile file -> new FileDescriptor(file, new DescriptorStatus(rights & Rights.FILE, 0, flags));
            case Directory directory ->
                new DirectoryDescriptor(
                        directory,
                        new DescriptorStatus(
                                rights & Rights.DIRECTORY, inheritingRights & (Rights.FILE | Rights.DIRECTORY), flags),
                        false);
            case SymbolicLink _ -> throw new IllegalStateException("links cannot be opened");
        };
    }
}

package dev.mayfly.wasi;

import dev.mayfly.disk.FileException;

/** Those of {@code fd_*} that need a regular file. */
final class FileCalls {

    private static final long LAST_ADVICE = 5;

    private FileCalls() {}

    static Errno seek(WasiProcess process, long[] a) throws ErrnoException {
        process.memory().require(a[3], Long.BYTES);
        FileDescriptor file = seekable(process, a[0]);
        file.status().require(a[1] == 0 && a[2] == 1 ? Rights.FD_TELL : Rights.FD_SEEK);
        file.seek(position(origin(file, a[2]), a[1]));
        process.memory().putLong(a[3], file.position());
        return Errno.SUCCESS;
    }

    /** {@code whence} of preview 1's witx definition. */
    private static long origin(FileDescriptor file, long whence) throws ErrnoException {
        return switch ((int) whence) {
            case 0 -> 0;
            case 1 -> file.position();
            case 2 -> file.file().size();
            default -> throw ErrnoException.of(Errno.INVAL);
        };
    }

    /** The sum, which cannot wrap around to something positive: an origin is never negative. */
    private static long position(long origin, long offset) throws ErrnoException {
        long position = origin + offset;
        if (position < 0) {
            throw ErrnoException.of(offset < 0 ? Errno.INVAL : Errno.OVERFLOW);
        }
        return position;
    }

    static Errno tell(WasiProcess process, long[] a) throws ErrnoException {
        process.memory().require(a[1], Long.BYTES);
        FileDescriptor file = seekable(process, a[0]);
        file.status().require(Rights.FD_TELL);
        process.memory().putLong(a[1], file.position());
        return Errno.SUCCESS;
    }

    static Errno pread(WasiProcess process, long[] a) throws ErrnoException, FileException {
        process.memory().require(a[4], Integer.BYTES);
        FileDescriptor file = seekable(process, a[0]).requireReadable();
        file.status().require(Rights.FD_SEEK);
        FilePart part = new FilePart(file.file(), offset(a[3]));
        process.memory().putInt(a[4], (int) IoVectors.read(process, part, a[1], a[2]));
        return Errno.SUCCESS;
    }

    /** Writes at the position even if the descriptor appends, as POSIX has it. */
    static Errno pwrite(WasiProcess process, long[] a) throws ErrnoException, FileException {
        process.memory().require(a[4], Integer.BYTES);
        FileDescriptor file = seekable(process, a[0]).requireWritable();
        file.status().require(Rights.FD_SEEK);
        FilePart part = new FilePart(file.file(), offset(a[3]));
        process.memory().putInt(a[4], (int) IoVectors.write(process, part, a[1], a[2]));
        return Errno.SUCCESS;
    }

    static Errno advise(WasiProcess process, long[] a) throws ErrnoException {
        FileDescriptor file = seekable(process, a[0]);
        file.status().require(Rights.FD_ADVISE);
        if (a[1] < 0 || a[2] < 0 || a[3] > LAST_ADVICE) {
            return Errno.INVAL;
        }
        return Errno.SUCCESS;
    }

    static Errno allocate(WasiProcess process, long[] a) throws ErrnoException, FileException {
        FileDescriptor file = seekable(process, a[0]).requireWritable();
        file.status().require(Rights.FD_ALLOCATE);
        if (a[1] < 0 || a[2] <= 0) {
            return Errno.INVAL;
        }
        file.file().allocate(a[1], a[2]);
        return Errno.SUCCESS;
    }

    /** {@code fd_sync}: there is nothing that could be lost later than anything else. */
    static Errno sync(WasiProcess process, long[] a) throws ErrnoException {
        return synchronize(process, a[0], Rights.FD_SYNC);
    }

    static Errno datasync(WasiProcess process, long[] a) throws ErrnoException {
        return synchronize(process, a[0], Rights.FD_DATASYNC);
    }

    private static Errno synchronize(WasiProcess process, long fd, long right) throws ErrnoException {
        Descriptor descriptor = process.descriptors().get(fd);
        switch (descriptor) {
            case InputStreamDescriptor _, OutputStreamDescriptor _ -> throw ErrnoException.of(Errno.INVAL);
            case FileDescriptor _, DirectoryDescriptor _ -> descriptor.status().require(right);
        }
        return Errno.SUCCESS;
    }

    static Errno setSize(WasiProcess process, long[] a) throws ErrnoException, FileException {
        switch (process.descriptors().get(a[0])) {
            case InputStreamDescriptor _, OutputStreamDescriptor _ -> throw ErrnoException.of(Errno.INVAL);
            case DirectoryDescriptor _ -> throw ErrnoException.of(Errno.BADF);
            case FileDescriptor file -> {
                file.requireWritable().status().require(Rights.FD_FILESTAT_SET_SIZE);
                file.file().resize(offset(a[1]));
            }
        }
        return Errno.SUCCESS;
    }

    private static FileDescriptor seekable(WasiProcess process, long fd) throws ErrnoException {
        return switch (process.descriptors().get(fd)) {
            case InputStreamDescriptor _, OutputStreamDescriptor _ -> throw ErrnoException.of(Errno.SPIPE);
            case DirectoryDescriptor _ -> throw ErrnoException.of(Errno.BADF);
            case FileDescriptor file -> file;
        };
    }

    /** An unsigned number in the guest's eyes; so large a file there is not. */
    private static long offset(long value) throws ErrnoException {
        if (value < 0) {
            throw ErrnoException.of(Errno.INVAL);
        }
        return value;
    }
}

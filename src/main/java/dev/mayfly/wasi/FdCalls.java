package dev.mayfly.wasi;

/** {@code fd_*}. */
final class FdCalls {

    private static final int FDSTAT_BYTES = 24;
    private static final int FILESTAT_BYTES = 64;

    private FdCalls() {}

    static Errno read(WasiProcess process, long[] a) throws ErrnoException {
        process.memory().require(a[3], Integer.BYTES);
        return switch (process.descriptors().get(a[0])) {
            case InputStreamDescriptor input -> {
                input.status().require(Rights.FD_READ);
                process.memory().putInt(a[3], (int) IoVectors.read(process, input, a[1], a[2]));
                yield Errno.SUCCESS;
            }
            case OutputStreamDescriptor output -> Errno.BADF;
        };
    }

    static Errno write(WasiProcess process, long[] a) throws ErrnoException {
        process.memory().require(a[3], Integer.BYTES);
        return switch (process.descriptors().get(a[0])) {
            case OutputStreamDescriptor output -> {
                output.status().require(Rights.FD_WRITE);
                process.memory().putInt(a[3], (int) IoVectors.write(process, output, a[1], a[2]));
                yield Errno.SUCCESS;
            }
            case InputStreamDescriptor input -> Errno.BADF;
        };
    }

    static Errno close(WasiProcess process, long[] a) throws ErrnoException {
        process.descriptors().close(a[0]);
        return Errno.SUCCESS;
    }

    static Errno renumber(WasiProcess process, long[] a) throws ErrnoException {
        process.descriptors().renumber(a[0], a[1]);
        return Errno.SUCCESS;
    }

    static Errno fdstatGet(WasiProcess process, long[] a) throws ErrnoException {
        Descriptor descriptor = process.descriptors().get(a[0]);
        GuestMemory memory = process.memory();
        memory.zero(a[1], FDSTAT_BYTES);
        memory.putByte(a[1], descriptor.fileType().code());
        memory.putShort(a[1] + 2, descriptor.status().flags());
        memory.putLong(a[1] + 8, descriptor.status().rights());
        memory.putLong(a[1] + 16, descriptor.status().inheritingRights());
        return Errno.SUCCESS;
    }

    static Errno fdstatSetFlags(WasiProcess process, long[] a) throws ErrnoException {
        process.descriptors().get(a[0]).status().setFlags(a[1]);
        return Errno.SUCCESS;
    }

    static Errno fdstatSetRights(WasiProcess process, long[] a) throws ErrnoException {
        process.descriptors().get(a[0]).status().reduceRights(a[1], a[2]);
        return Errno.SUCCESS;
    }

    /** A stream has a type and one link, and no size or times. */
    static Errno filestatGet(WasiProcess process, long[] a) throws ErrnoException {
        Descriptor descriptor = process.descriptors().get(a[0]);
        descriptor.status().require(Rights.FD_FILESTAT_GET);
        GuestMemory memory = process.memory();
        memory.zero(a[1], FILESTAT_BYTES);
        memory.putLong(a[1] + 8, a[0]);
        memory.putByte(a[1] + 16, descriptor.fileType().code());
        memory.putLong(a[1] + 24, 1);
        return Errno.SUCCESS;
    }

    /** What needs a position in a file: {@code fd_seek}, {@code fd_tell}, {@code fd_pread}, {@code fd_advise}, ... */
    static Errno needsSeekable(WasiProcess process, long[] a) throws ErrnoException {
        return switch (process.descriptors().get(a[0])) {
            case InputStreamDescriptor input -> Errno.SPIPE;
            case OutputStreamDescriptor output -> Errno.SPIPE;
        };
    }

    /** What needs a file with contents that stay: {@code fd_sync}, {@code fd_filestat_set_size}, ... */
    static Errno needsFile(WasiProcess process, long[] a) throws ErrnoException {
        return switch (process.descriptors().get(a[0])) {
            case InputStreamDescriptor input -> Errno.INVAL;
            case OutputStreamDescriptor output -> Errno.INVAL;
        };
    }

    static Errno readdir(WasiProcess process, long[] a) throws ErrnoException {
        return switch (process.descriptors().get(a[0])) {
            case InputStreamDescriptor input -> Errno.NOTDIR;
            case OutputStreamDescriptor output -> Errno.NOTDIR;
        };
    }

    /** Nothing is preopened. Guests ask for 3, 4, ... until this answer. */
    static Errno prestat(WasiProcess process, long[] a) {
        return Errno.BADF;
    }
}

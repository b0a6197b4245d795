package dev.mayfly.wasi;

import dev.mayfly.disk.FileException;

/** Those of {@code fd_*} that work on descriptors of every kind. */
final class FdCalls {

    private static final int FDSTAT_BYTES = 24;

    private FdCalls() {}

    static Errno read(WasiProcess process, long[] a) throws ErrnoException, FileException {
        process.memory().require(a[3], Integer.BYTES);
        ByteSource source = readable(process.descriptors().get(a[0]));
        process.memory().putInt(a[3], (int) IoVectors.read(process, source, a[1], a[2]));
        return Errno.SUCCESS;
    }

    private static ByteSource readable(Descriptor descriptor) throws ErrnoException {
        return switch (descriptor) {
            case InputStreamDescriptor input -> {
                input.status().require(Rights.FD_READ);
                yield input;
            }
            case FileDescriptor file -> file.requireReadable();
            case DirectoryDescriptor _ -> throw ErrnoException.of(Errno.ISDIR);
            case OutputStreamDescriptor _ -> throw ErrnoException.of(Errno.BADF);
        };
    }

    static Errno write(WasiProcess process, long[] a) throws ErrnoException, FileException {
        process.memory().require(a[3], Integer.BYTES);
        ByteSink sink = writable(process.descriptors().get(a[0]));
        process.memory().putInt(a[3], (int) IoVectors.write(process, sink, a[1], a[2]));
        return Errno.SUCCESS;
    }

    private static ByteSink writable(Descriptor descriptor) throws ErrnoException {
        return switch (descriptor) {
            case OutputStreamDescriptor output -> {
                output.status().require(Rights.FD_WRITE);
                yield output;
            }
            case FileDescriptor file -> file.requireWritable();
            case DirectoryDescriptor _, InputStreamDescriptor _ -> throw ErrnoException.of(Errno.BADF);
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

    static Errno filestatGet(WasiProcess process, long[] a) throws ErrnoException {
        Descriptor descriptor = process.descriptors().get(a[0]);
        descriptor.status().require(Rights.FD_FILESTAT_GET);
        switch (descriptor) {
            case InputStreamDescriptor _, OutputStreamDescriptor _ ->
                FileStat.writeStream(process.memory(), a[1], a[0], descriptor.fileType());
            case FileDescriptor file -> FileStat.write(process.memory(), a[1], file.file());
            case DirectoryDescriptor directory -> FileStat.write(process.memory(), a[1], directory.directory());
        }
        return Errno.SUCCESS;
    }

    static Errno filestatSetTimes(WasiProcess process, long[] a) throws ErrnoException, FileException {
        NewTimes times = new NewTimes(a[1], a[2], a[3]);
        switch (process.descriptors().get(a[0])) {
            case InputStreamDescriptor _, OutputStreamDescriptor _ -> throw ErrnoException.of(Errno.INVAL);
            case FileDescriptor file -> {
                file.status().require(Rights.FD_FILESTAT_SET_TIMES);
                times.requireValid().applyTo(file.file(), process.files());
            }
            case DirectoryDescriptor directory -> {
                directory.status().require(Rights.FD_FILESTAT_SET_TIMES);
                times.requireValid().applyTo(directory.directory(), process.files());
            }
        }
        return Errno.SUCCESS;
    }
}

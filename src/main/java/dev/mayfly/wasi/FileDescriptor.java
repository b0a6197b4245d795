package dev.mayfly.wasi;

import dev.mayfly.disk.FileException;
import dev.mayfly.disk.RegularFile;
import java.nio.ByteBuffer;

/** An open regular file with a position in it. */
final class FileDescriptor implements Descriptor, ByteSource, ByteSink {

    private final RegularFile file;
    private final DescriptorStatus status;
    private final boolean readable;
    private final boolean writable;
    private long position;

    /**
     * A file that was just opened.
     *
     * @param status says what it was opened for; rights can be given up later, which is another error
     */
    FileDescriptor(RegularFile file, DescriptorStatus status) {
        this.file = file;
        this.status = status;
        this.readable = status.has(Rights.FD_READ);
        this.writable = status.has(Rights.FD_WRITE);
    }

    @Override
    public FileType fileType() {
        return FileType.REGULAR_FILE;
    }

    @Override
    public DescriptorStatus status() {
        return status;
    }

    RegularFile file() {
        return file;
    }

    long position() {
        return position;
    }

    void seek(long newPosition) {
        position = newPosition;
    }

    FileDescriptor requireReadable() throws ErrnoException {
        if (!readable) {
            throw ErrnoException.of(Errno.BADF);
        }
        status.require(Rights.FD_READ);
        return this;
    }

    FileDescriptor requireWritable() throws ErrnoException {
        if (!writable) {
            throw ErrnoException.of(Errno.BADF);
        }
        status.require(Rights.FD_WRITE);
        return this;
    }

    @Override
    public int read(WasiProcess process, ByteBuffer target, boolean first) throws FileException {
        int count = file.read(position, target);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public void write(WasiProcess process, ByteBuffer source) throws FileException {
        if (status.appending()) {
            position = file.size();
        }
        int before = source.remaining();
        file.write(position, source);
        position += before - source.remaining();
    }
}

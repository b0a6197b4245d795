package dev.mayfly.wasi;

import dev.mayfly.disk.FileException;
import dev.mayfly.disk.RegularFile;
import java.nio.ByteBuffer;

/** A file from a position on that is not its descriptor's, as {@code fd_pread} and {@code fd_pwrite} use it. */
final class FilePart implements ByteSource, ByteSink {

    private final RegularFile file;
    private long position;

    FilePart(RegularFile file, long position) {
        this.file = file;
        this.position = position;
    }

    @Override
    public int read(WasiProcess process, ByteBuffer target, boolean first) throws FileException {
        int count = file.read(position, target);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public void write(WasiProcess process, ByteBuffer source) throws FileException {
        int before = source.remaining();
        file.write(position, source);
        position += before - source.remaining();
    }
}

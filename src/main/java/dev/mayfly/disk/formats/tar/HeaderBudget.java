package dev.mayfly.disk.formats.tar;

import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Bounds what is read for the headers of one entry, since the library takes long names and attributes into memory. */
final class HeaderBudget extends FilterInputStream {

    private static final long HEADER_BYTES = 1 << 20;

    /** The bound was met. */
    static final class SpentException extends IOException {

        private static final long serialVersionUID = 1L;
    }

    private long left = Long.MAX_VALUE;
    private @Nullable IOException failure;

    HeaderBudget(InputStream in) {
        super(in);
    }

    /** Headers follow. */
    void begin() {
        left = HEADER_BYTES;
    }

    /** Contents follow. */
    void end() {
        left = Long.MAX_VALUE;
    }

    /** What the stream below failed with, if it did; what else the library throws is about the archive. */
    @Nullable
    IOException failure() {
        return failure;
    }

    static DiskImageException refusal() {
        return new DiskImageException(
                Reason.NAME_TOO_LONG, "the headers of one entry have more than " + HEADER_BYTES + " bytes");
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (left <= 0) {
            throw new SpentException();
        }
        try {
            int count = super.read(target, offset, (int) Math.min(length, left));
            left -= Math.max(0, count);
            return count;
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    @Override
    public long skip(long count) throws IOException {
        byte[] skipped = new byte[Math.clamp(count, 0, 8192)];
        return Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public int available() {
        return 0;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}

package dev.mayfly.disk.formats;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** A stream whose every failure means that it cannot be unpacked, whatever the unpacking library calls it. */
final class UnpackedStream extends InputStream {

    /** The data is damaged, or needs more memory than it may. */
    static final class CorruptException extends IOException {

        private static final long serialVersionUID = 1L;

        CorruptException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** Begins to unpack. */
    interface Opener {
        InputStream open() throws IOException;
    }

    private final Opener opener;
    private @Nullable InputStream in;

    UnpackedStream(Opener opener) {
        this.opener = opener;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            if (in == null) {
                in = opener.open();
            }
            return in.read(target, offset, length);
        } catch (IOException | RuntimeException e) {
            throw new CorruptException(messageOf(e), e);
        }
    }

    private static String messageOf(Exception e) {
        String message = e.getMessage();
        return e instanceof RuntimeException || message == null ? "damaged" : message;
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }
}

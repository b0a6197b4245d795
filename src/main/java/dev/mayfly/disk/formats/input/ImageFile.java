package dev.mayfly.disk.formats.input;

import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/** An image that is read at any place. Positions and lengths come from the image, so each is checked here. */
public final class ImageFile {

    private final FileChannel channel;
    private final long size;

    public ImageFile(FileChannel channel) throws IOException {
        this.channel = channel;
        this.size = channel.size();
    }

    /** In bytes. */
    public long size() {
        return size;
    }

    /** Reads so many bytes. */
    public Bytes read(long position, int length) throws IOException, DiskImageException {
        byte[] bytes = new byte[Math.max(0, length)];
        readFully(position, bytes, length);
        return new Bytes(bytes, bytes.length, position);
    }

    /** Reads so many bytes to the beginning of an array, which has room for them. */
    public void readFully(long position, byte[] target, int length) throws IOException, DiskImageException {
        if (position < 0 || length < 0 || position > size - length) {
            throw new DiskImageException(
                    Reason.TRUNCATED,
                    "the image has " + size + " bytes, and is to be read at byte " + Long.toUnsignedString(position));
        }
        ByteBuffer buffer = ByteBuffer.wrap(target, 0, length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
                throw new IOException("the image became shorter");
            }
        }
    }
}

package dev.mayfly.cluster;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/**
 * Writes frames: a byte for the kind, the length of the content as a big-endian 32-bit integer, the content. Belongs to
 * one thread. Never flushes.
 */
public final class FrameWriter {

    private static final int HEAD_BYTES = 1 + Integer.BYTES;
    private static final byte[] NOTHING = {};

    private final OutputStream out;

    public FrameWriter(OutputStream out) {
        this.out = out;
    }

    /** Writes a frame; an output or archive that is too long for one is written as several. */
    public void write(Frame frame) throws IOException {
        switch (frame) {
            case Frame.Loaded loaded -> write(FrameKind.LOADED, LoadedDocument.encode(loaded));
            case Frame.Started _ -> write(FrameKind.STARTED, NOTHING);
            case Frame.Output(ByteBuffer bytes) -> write(FrameKind.OUTPUT, bytes.duplicate());
            case Frame.Settling _ -> write(FrameKind.SETTLING, NOTHING);
            case Frame.Archive(ByteBuffer bytes) -> write(FrameKind.ARCHIVE, bytes.duplicate());
            case Frame.Result result -> write(FrameKind.RESULT, ResultDocument.encode(result));
        }
    }

    private void write(int kind, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            byte[] content = new byte[Math.min(bytes.remaining(), FrameKind.MOST_BYTES)];
            bytes.get(content);
            write(kind, content);
        }
    }

    private void write(int kind, byte[] content) throws IOException {
        out.write(ByteBuffer.allocate(HEAD_BYTES)
                .put((byte) kind)
                .putInt(content.length)
                .array());
        out.write(content);
    }
}

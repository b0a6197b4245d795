package dev.mayfly.cluster;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames and checks all there is to check about them: who wrote them runs foreign code. Belongs to one thread. Reads
 * no byte beyond the frame it returns.
 */
public final class FrameReader {

    /** Where in an answer a frame may stand. */
    private enum Stage {
        BEGUN,
        LOADED,
        STARTED,
        SETTLING,
        ENDED
    }

    private final InputStream in;
    private Stage stage = Stage.BEGUN;

    public FrameReader(InputStream in) {
        this.in = in;
    }

    /**
     * Reads the next frame of a known kind. The last one is a {@link Frame.Result}, behind which nothing may be asked for.
     *
     * @throws ProtocolException if it is none, is too long, or may not stand here
     * @throws EOFException if there is none before the end
     * @throws IOException if reading failed
     */
    public Frame read() throws IOException {
        while (true) {
            int kind = in.read();
            if (kind < 0) {
                throw new EOFException("the answer ended without a result");
            }
            byte[] content = content();
            Frame frame = Checked.value(() -> new Content(frame(kind, content))).frame();
            if (frame != null) {
                advance(frame);
                return frame;
            }
        }
    }

    /** Of a kind that is known, or null. */
    private record Content(@Nullable Frame frame) {}

    private byte[] content() throws IOException {
        byte[] prefix = in.readNBytes(Integer.BYTES);
        int length = prefix.length == Integer.BYTES ? ByteBuffer.wrap(prefix).getInt() : -1;
        if (length < 0 || length > FrameKind.MOST_BYTES) {
            throw new ProtocolException("a frame of no possible length");
        }
        byte[] content = in.readNBytes(length);
        if (content.length < length) {
            throw new EOFException("the answer ended within a frame");
        }
        return content;
    }

    private static @Nullable Frame frame(int kind, byte[] content) {
        return switch (kind) {
            case FrameKind.LOADED -> LoadedDocument.decode(content);
            case FrameKind.STARTED -> new Frame.Started();
            case FrameKind.OUTPUT -> new Frame.Output(some(content));
            case FrameKind.SETTLING -> new Frame.Settling();
            case FrameKind.ARCHIVE -> new Frame.Archive(some(content));
            case FrameKind.RESULT -> ResultDocument.decode(content);
            default -> null;
        };
    }

    private static ByteBuffer some(byte[] content) {
        Checked.within("length of content", content.length, 1, FrameKind.MOST_BYTES);
        return ByteBuffer.wrap(content);
    }

    private void advance(Frame frame) throws ProtocolException {
        boolean fits =
                switch (frame) {
                    case Frame.Loaded _ -> stage == Stage.BEGUN;
                    case Frame.Started _ -> stage == Stage.LOADED;
                    case Frame.Output _, Frame.Settling _ -> stage == Stage.STARTED;
                    case Frame.Archive _ -> stage == Stage.SETTLING;
                    case Frame.Result _ -> stage != Stage.ENDED;
                };
        if (!fits) {
            throw new ProtocolException("a frame out of its place");
        }
        stage = switch (frame) {
            case Frame.Loaded _ -> Stage.LOADED;
            case Frame.Started _, Frame.Output _ -> Stage.STARTED;
            case Frame.Settling _, Frame.Archive _ -> Stage.SETTLING;
            case Frame.Result _ -> Stage.ENDED;
        };
    }
}

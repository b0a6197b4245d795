package dev.mayfly.invocations.http;

import dev.mayfly.invocations.streams.BytePipe;
import dev.mayfly.invocations.streams.SeveredPipeException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Moves the rest of a request's body to the instance, on a thread of its own, no faster than the instance reads it. */
final class BodyPump {

    private static final int CHUNK = 16 * 1024;
    private static final int END = -1;
    private static final int BROKEN = -2;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    /** Is told, by the pump's thread, why the body will not come to its end. */
    interface Listener {

        void clientGone();

        void tooLarge();
    }

    private final InputStream body;
    private final BytePipe pipe;
    private final long room;
    private volatile boolean finished;

    /**
     * A pump.
     *
     * @param body to read
     * @param pipe to the instance
     * @param room how many more bytes the body may have
     */
    BodyPump(InputStream body, BytePipe pipe, long room) {
        this.body = body;
        this.pipe = pipe;
        this.room = room;
    }

    /** Starts pumping. */
    Thread start(Listener listener) {
        return Thread.ofVirtual().name("body-pump").start(() -> {
            try {
                pump(listener);
            } finally {
                finished = true;
            }
        });
    }

    /** Whether the body is read no more. */
    boolean isFinished() {
        return finished;
    }

    private void pump(Listener listener) {
        byte[] chunk = new byte[CHUNK];
        long left = room;
        int count = read(chunk);
        while (count >= 0) {
            left -= count;
            if (left < 0) {
                listener.tooLarge();
                return;
            }
            if (!forward(ByteBuffer.wrap(chunk, 0, count))) {
                return;
            }
            count = read(chunk);
        }
        if (count == END) {
            pipe.end();
        } else {
            listener.clientGone();
        }
    }

    private int read(byte[] chunk) {
        try {
            return body.read(chunk);
        } catch (IOException e) {
            return BROKEN;
        }
    }

    /** Whether the instance still takes input. */
    private boolean forward(ByteBuffer chunk) {
        try {
            while (chunk.hasRemaining()) {
                pipe.write(chunk, PATIENCE);
            }
            return true;
        } catch (SeveredPipeException ended) {
            return false;
        }
    }
}

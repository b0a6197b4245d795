package dev.mayfly.asynchronous.dispatch;

import dev.mayfly.invocations.Invocation;
import dev.mayfly.invocations.Invoker;
import dev.mayfly.invocations.streams.SeveredPipeException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;

/** Waits for the end of an invocation and keeps the beginning of what it writes. */
final class OutputCollector {

    private static final int CHUNK = 16 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Invoker invoker;
    private final int most;
    private final Duration stopGrace;

    /**
     * A collector.
     *
     * @param most how many bytes are kept
     * @param stopGrace how long after its deadline an instance may take to stop before its streams are broken
     */
    OutputCollector(Invoker invoker, int most, Duration stopGrace) {
        this.invoker = invoker;
        this.most = most;
        this.stopGrace = stopGrace;
    }

    /** Returns when there is a result. */
    ByteBuffer collect(Invocation invocation) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        try {
            collect(invocation, kept);
        } catch (SeveredPipeException stopped) {
            // Somebody told it to end, and it will.
        }
        while (invocation.result().isEmpty()) {
            invocation.output().awaitFullOrEnd(PATIENCE);
        }
        invocation.output().sever();
        return ByteBuffer.wrap(kept.toByteArray());
    }

    private void collect(Invocation invocation, ByteArrayOutputStream kept) throws SeveredPipeException {
        byte[] bytes = new byte[CHUNK];
        ByteBuffer chunk = ByteBuffer.wrap(bytes);
        int count = invocation.output().read(chunk, PATIENCE);
        while (count >= 0) {
            kept.write(bytes, 0, Math.min(count, most - kept.size()));
            if (count == 0 && invocation.isOverdue(stopGrace)) {
                invoker.abandon(invocation);
            }
            count = invocation.output().read(chunk.clear(), PATIENCE);
        }
    }
}

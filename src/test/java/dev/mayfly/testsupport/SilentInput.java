package dev.mayfly.testsupport;

import dev.mayfly.wasi.GuestInput;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Input in which nothing ever arrives, like a client that keeps its connection open and says nothing. */
public final class SilentInput implements GuestInput {

    private final CountDownLatch waiting = new CountDownLatch(1);
    private final CountDownLatch never = new CountDownLatch(1);

    @Override
    public int read(ByteBuffer target, Duration patience) {
        if (!patience.isZero()) {
            waiting.countDown();
        }
        try {
            never.await(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 0;
    }

    /** Returns when the guest waits for input. */
    public void awaitReader() throws InterruptedException {
        if (!waiting.await(30, TimeUnit.SECONDS)) {
            throw new AssertionError("the guest never read");
        }
    }
}

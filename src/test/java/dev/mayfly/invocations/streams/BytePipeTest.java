package dev.mayfly.invocations.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BytePipeTest {

    private static final Duration LONG = Duration.ofSeconds(20);

    private final BufferBudget budget = new BufferBudget(1_000_000);

    private static ByteBuffer bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return ByteBuffer.wrap(bytes);
    }

    @Test
    void aFullPipeTakesNoMoreAndAnEmptyOneGivesNothing() throws IOException {
        BytePipe pipe = new BytePipe(2, budget);
        ByteBuffer three = bytes(1, 2, 3);

        assertThat(pipe.read(ByteBuffer.allocate(1), Duration.ZERO)).isZero();
        assertThat(pipe.write(three, Duration.ZERO)).isEqualTo(2);
        assertThat(three.remaining()).isEqualTo(1);
        assertThat(pipe.write(three, Duration.ZERO)).isZero();
        assertThat(pipe.takeAll()).containsExactly(1, 2);
        assertThat(pipe.written()).isEqualTo(2);
    }

    @Test
    void whatWasWrittenBeforeTheEndIsRead() throws IOException {
        BytePipe pipe = new BytePipe(8, budget);
        pipe.write(bytes(7), LONG);
        pipe.end();

        assertThat(pipe.read(ByteBuffer.allocate(4), LONG)).isEqualTo(1);
        assertThat(pipe.read(ByteBuffer.allocate(4), LONG)).isEqualTo(-1);
    }

    @Test
    void aReaderThatHoldsBackIsWokenWhenThePipeIsFullOrEnds() throws IOException {
        BytePipe pipe = new BytePipe(2, budget);
        assertThat(pipe.awaitFullOrEnd(Duration.ZERO)).isEqualTo(BytePipe.Fill.FILLING);
        pipe.write(bytes(1), LONG);
        assertThat(pipe.awaitFullOrEnd(Duration.ZERO)).isEqualTo(BytePipe.Fill.FILLING);
        pipe.write(bytes(2), LONG);
        assertThat(pipe.awaitFullOrEnd(LONG)).isEqualTo(BytePipe.Fill.FULL);
        pipe.end();
        assertThat(pipe.awaitFullOrEnd(LONG)).isEqualTo(BytePipe.Fill.ENDED);
    }

    @Test
    void aReaderThatHoldsBackLooksUpWhenItIsNudged() {
        BytePipe pipe = new BytePipe(2, budget);
        CompletableFuture<BytePipe.Fill> found = CompletableFuture.supplyAsync(pipe::awaitFullOrEnd);
        long start = System.nanoTime();

        // Before it waits a nudge is not for it, so one may not do.
        while (!found.isDone() && System.nanoTime() - start < LONG.toNanos()) {
            pipe.nudge();
            Thread.onSpinWait();
        }

        assertThat(found).isCompletedWithValue(BytePipe.Fill.FILLING);
    }

    @Test
    void anEndIsFoundWithoutANudge() {
        BytePipe pipe = new BytePipe(2, budget);
        CompletableFuture<BytePipe.Fill> found = CompletableFuture.supplyAsync(pipe::awaitFullOrEnd);

        pipe.end();

        assertThat(found).succeedsWithin(LONG).isEqualTo(BytePipe.Fill.ENDED);
    }

    @Test
    void severingWakesAWaitingWriter() throws Exception {
        BytePipe pipe = new BytePipe(1, budget);
        pipe.write(bytes(1), LONG);
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread writer = Thread.ofVirtual().start(() -> {
            try {
                pipe.write(bytes(2), LONG);
            } catch (IOException e) {
                failure.complete(e);
            }
        });

        pipe.sever();

        assertThat(failure.get(20, TimeUnit.SECONDS)).isInstanceOf(SeveredPipeException.class);
        writer.join();
        assertThatExceptionOfType(SeveredPipeException.class).isThrownBy(() -> pipe.read(ByteBuffer.allocate(1), LONG));
    }

    @Test
    void everyByteArrivesOnceAndInOrder() throws Exception {
        BytePipe pipe = new BytePipe(1000, budget);
        byte[] sent = new byte[1_000_000];
        new SplittableRandom(1).nextBytes(sent);
        Thread writer = Thread.ofVirtual().start(() -> writeInPieces(pipe, sent));

        ByteArrayOutputStream received = new ByteArrayOutputStream();
        SplittableRandom random = new SplittableRandom(2);
        byte[] chunk = new byte[1500];
        int count = 0;
        while (count >= 0) {
            received.write(chunk, 0, count);
            count = pipe.read(ByteBuffer.wrap(chunk, 0, 1 + random.nextInt(chunk.length)), LONG);
        }

        writer.join();
        assertThat(Arrays.equals(received.toByteArray(), sent)).isTrue();
    }

    private static void writeInPieces(BytePipe pipe, byte[] sent) {
        SplittableRandom random = new SplittableRandom(3);
        ByteBuffer source = ByteBuffer.wrap(sent);
        try {
            while (source.position() < sent.length) {
                source.limit(Math.min(sent.length, source.position() + 1 + random.nextInt(1500)));
                pipe.write(source, LONG);
            }
            pipe.end();
        } catch (IOException e) {
            pipe.sever();
        }
    }

    @Test
    void aPipeIsFullEarlierWhenMemoryIsShort() throws IOException {
        BufferBudget small = new BufferBudget(50_000);
        BytePipe first = new BytePipe(60_000, small);
        BytePipe second = new BytePipe(60_000, small);
        ByteBuffer input = ByteBuffer.allocate(60_000);

        assertThat(first.write(input, Duration.ZERO)).isEqualTo(60_000);
        input.clear();
        assertThat(second.write(input, Duration.ZERO)).isEqualTo(16 * 1024);
        assertThat(second.write(input, Duration.ZERO)).isZero();
        assertThat(second.awaitFullOrEnd(Duration.ZERO)).isEqualTo(BytePipe.Fill.FULL);
        assertThat(second.takeAll()).hasSize(16 * 1024);
        assertThat(second.write(input, Duration.ZERO)).isEqualTo(16 * 1024);
    }

    @Test
    void aSeveredPipeGivesItsMemoryBackOnce() throws IOException {
        BytePipe pipe = new BytePipe(60_000, budget);
        pipe.write(ByteBuffer.allocate(60_000), Duration.ZERO);
        assertThat(budget.taken()).isPositive();

        pipe.sever();
        pipe.sever();

        assertThat(budget.taken()).isZero();
    }
}

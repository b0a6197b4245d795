package dev.mayfly.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.archives.ArchiveState;
import dev.mayfly.archives.ArchiveSummary;
import dev.mayfly.invocations.InvocationResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the other side may send by mistake or on purpose: it is understood or refused, and nothing else happens. */
class ProtocolFuzzTest {

    private static final int CASES = Integer.getInteger("mayfly.protocol-fuzz.cases", 20_000);

    private final Random random = new Random(Long.getLong("mayfly.protocol-fuzz.seed", 1));

    @Test
    void aDamagedOrderIsUnderstoodOrRefused() {
        OrderCodec codec = new OrderCodec();
        List<byte[]> originals = List.of(codec.encode(Orders.COMMAND), codec.encode(Orders.FUNCTION));
        int refused = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] damaged = damage(originals.get(i % 2));
            try {
                codec.decode(OrderCodec.readHead(new ByteArrayInputStream(damaged)));
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(CASES / 10, CASES - 1);
    }

    @Test
    void aDamagedAnswerIsUnderstoodOrRefused() {
        List<byte[]> originals = FrameCodecTest.results()
                .map(result -> FrameCodecTest.bytes(
                        new Frame.Loaded("microvm", false),
                        new Frame.Started(),
                        new Frame.Output(ByteBuffer.wrap(new byte[] {1, 2, 3})),
                        new Frame.Settling(),
                        new Frame.Archive(ByteBuffer.wrap(new byte[] {4, 5})),
                        new Frame.Result(
                                result,
                                12,
                                "oh",
                                new WorkerLoad(1, 1, 1, false),
                                new ArchiveSummary(ArchiveState.KEPT, 2, 1, null))))
                .toList();
        int refused = 0;
        for (int i = 0; i < CASES; i++) {
            byte[] damaged = damage(originals.get(i % originals.size()));
            try {
                List<Frame> frames = FrameCodecTest.readAll(damaged);
                assertThat(frames.getLast()).isInstanceOfSatisfying(Frame.Result.class, this::requireWhole);
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(CASES / 10, CASES - 1);
    }

    private void requireWhole(Frame.Result result) {
        assertThat(result.inputBytes()).isNotNegative();
        if (result.archive() != null) {
            assertThat(result.archive().bytes()).isNotNegative();
            assertThat(result.archive().files()).isNotNegative();
        }
        if (result.result() instanceof InvocationResult.Ran ran) {
            assertThat(ran.execution().run().isNegative()).isFalse();
            assertThat(ran.execution().peakMemoryBytes()).isNotNegative();
        }
    }

    @Test
    void aDamagedStatusIsUnderstoodOrRefused() {
        byte[] original = StatusCodec.encode(new WorkerStatus(
                "w",
                Orders.COMMAND.id(),
                "1",
                "microvm",
                new WorkerLoad(1, 1, 1, false),
                Set.of(Orders.VERSION.digest()),
                Optional.of(new HeldDisks(1, Set.of(Orders.VERSION.digest())))));
        int refused = 0;
        for (int i = 0; i < CASES; i++) {
            try {
                StatusCodec.decode(new ByteArrayInputStream(damage(original)));
            } catch (IOException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(CASES / 10, CASES - 1);
    }

    private byte[] damage(byte[] original) {
        byte[] bytes = original.clone();
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
            bytes = change(bytes);
        }
        return bytes;
    }

    private byte[] change(byte[] bytes) {
        if (bytes.length == 0) {
            return bytes;
        }
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(5)) {
            case 0 -> flip(bytes, at);
            case 1 -> set(bytes, at, "0123456789-\"{}[]:,eE.nutf\\".charAt(random.nextInt(26)));
            case 2 -> Arrays.copyOf(bytes, at);
            case 3 -> repeat(bytes, at, at + random.nextInt(bytes.length - at + 1));
            default -> remove(bytes, at, at + random.nextInt(Math.min(20, bytes.length - at) + 1));
        };
    }

    private byte[] flip(byte[] bytes, int at) {
        bytes[at] ^= (byte) (1 << random.nextInt(8));
        return bytes;
    }

    private static byte[] set(byte[] bytes, int at, char to) {
        bytes[at] = (byte) to;
        return bytes;
    }

    private static byte[] repeat(byte[] bytes, int from, int to) {
        return ByteBuffer.allocate(bytes.length + to - from)
                .put(bytes, 0, to)
                .put(bytes, from, bytes.length - from)
                .array();
    }

    private static byte[] remove(byte[] bytes, int from, int to) {
        return ByteBuffer.allocate(bytes.length - (to - from))
                .put(bytes, 0, from)
                .put(bytes, to, bytes.length - to)
                .array();
    }
}

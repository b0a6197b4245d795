package dev.mayfly.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.testsupport.CapturedOutput;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Who is told that a guest waits, and when. */
class WaitTest {

    private final List<String> told = new ArrayList<>();
    private final List<Duration> turns = new ArrayList<>();

    private final class Witness implements Patience {

        @Override
        public Duration remaining() {
            return Duration.ofMinutes(1);
        }

        @Override
        public void pause(Duration duration) {
            turns.add(duration);
        }

        @Override
        public void awaiting() {
            told.add("awaiting");
        }

        @Override
        public void awaited() {
            told.add("awaited");
        }
    }

    private final Clocks clocks = new Clocks() {
        @Override
        public long realtime() {
            return 0;
        }

        @Override
        public long monotonic() {
            return 0;
        }

        @Override
        public long cpuTime() {
            return 0;
        }
    };

    /** A guest whose input comes at the given turn. */
    private int readComingAt(int turn) throws ErrnoException {
        GuestInput input = (target, patience) -> {
            turns.add(patience);
            if (turns.size() <= turn) {
                return 0;
            }
            target.put((byte) 1);
            return 1;
        };
        WasiProcess process = new WasiProcess(
                () -> MemorySegment.ofArray(new byte[64]),
                new Program(List.of("program"), Map.of()),
                new StandardStreams(input, new CapturedOutput(), new CapturedOutput()),
                new Host(clocks, new Random(1), new Witness()),
                Confinement.DEFAULT);
        return new InputStreamDescriptor(input).read(process, ByteBuffer.allocate(8), true);
    }

    @Test
    void whatIsThereIsReadWithoutWaiting() throws ErrnoException {
        assertThat(readComingAt(0)).isEqualTo(1);

        assertThat(turns).containsExactly(Duration.ZERO);
        assertThat(told).isEmpty();
    }

    @Test
    void aBriefWaitIsNobodysBusiness() throws ErrnoException {
        assertThat(readComingAt(1)).isEqualTo(1);

        assertThat(turns).containsExactly(Duration.ZERO, Wait.BRIEF);
        assertThat(told).isEmpty();
    }

    @Test
    void aLongOneIsToldInEachTurnAndAtItsEnd() throws ErrnoException {
        assertThat(readComingAt(3)).isEqualTo(1);

        assertThat(told).containsExactly("awaiting", "awaiting", "awaited");
    }
}

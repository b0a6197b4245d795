package dev.mayfly.invocations.records;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class InvocationIdsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void idsAreUuidsOfVersionSevenThatTellTheirTime() {
        UUID id = new InvocationIds(() -> NOW).next();

        assertThat(id.version()).isEqualTo(7);
        assertThat(id.variant()).isEqualTo(2);
        assertThat(id.getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void idsAscendEvenWithinAMillisecond() {
        InvocationIds ids = new InvocationIds(() -> NOW);

        assertThat(Stream.generate(ids::next).limit(10_000)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void idsAscendWhenTheClockIsSetBack() {
        Instant[] now = {NOW};
        InvocationIds ids = new InvocationIds(() -> now[0]);
        UUID first = ids.next();
        now[0] = NOW.minusSeconds(60);

        assertThat(ids.next()).isGreaterThan(first);
    }

    @Test
    void aMomentsLowestIdIsNotAboveThoseMadeThen() {
        UUID id = new InvocationIds(() -> NOW).next();

        assertThat(InvocationIds.lowest(NOW)).isLessThanOrEqualTo(id);
        assertThat(InvocationIds.lowest(NOW.plusMillis(1))).isGreaterThan(id);
    }
}

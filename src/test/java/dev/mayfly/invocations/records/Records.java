package dev.mayfly.invocations.records;

import dev.mayfly.archives.ArchiveState;
import dev.mayfly.archives.ArchiveSummary;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/** Records for tests. */
final class Records {

    static final Instant RECEIVED = Instant.parse("2026-11-22T10:00:00.123456Z");

    private Records() {}

    static InvocationRecord of(UUID id, String function) {
        return new InvocationRecord(
                id,
                function,
                3,
                "sha256:" + "0".repeat(64),
                "wasmtime",
                InvocationOutcome.EXITED,
                -1,
                null,
                null,
                RECEIVED.truncatedTo(ChronoUnit.MICROS),
                Duration.ofNanos(1),
                Duration.ofNanos(2),
                Duration.ofDays(3),
                Duration.ofNanos(4),
                1L << 32,
                5,
                6,
                "error: \u20ac \uFFFD\n",
                true,
                new ArchiveSummary(ArchiveState.KEPT, 7, 8, RECEIVED.truncatedTo(ChronoUnit.MICROS)));
    }

    static InvocationRecord of(long number) {
        return of(new UUID(0x7000, Long.MIN_VALUE | number), "function");
    }
}

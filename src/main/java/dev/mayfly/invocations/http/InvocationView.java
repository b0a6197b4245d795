package dev.mayfly.invocations.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mayfly.archives.ArchiveSummary;
import dev.mayfly.invocations.records.InvocationRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.modulith.NamedInterface;

/**
 * A record of an invocation as clients see it.
 *
 * @param cpuMs processor time of making and running the instance
 * @param cold whether the module had to be compiled or loaded first
 * @param artifacts what became of the archive of what it changed in its files; left out if there was to be none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@NamedInterface("http")
public record InvocationView(
        UUID id,
        String function,
        int version,
        String digest,
        String engine,
        String outcome,
        @Nullable Integer exitCode,
        @Nullable String trap,
        @Nullable List<String> backtrace,
        Instant received,
        double queueMs,
        double startMs,
        double runMs,
        double cpuMs,
        long peakMemoryBytes,
        long bytesIn,
        long bytesOut,
        String stderrTail,
        boolean cold,
        @Nullable ArtifactsView artifacts) {

    private static final double NANOS_PER_MILLI = 1e6;

    static InvocationView of(InvocationRecord invocation, @Nullable ArchiveSummary artifacts) {
        return new InvocationView(
                invocation.id(),
                invocation.function(),
                invocation.version(),
                invocation.digest(),
                invocation.engine(),
                invocation.outcome().id(),
                invocation.exitCode(),
                invocation.trap(),
                invocation.backtrace() == null
                        ? null
                        : invocation.backtrace().lines().toList(),
                invocation.received(),
                millis(invocation.queue()),
                millis(invocation.start()),
                millis(invocation.run()),
                millis(invocation.cpu()),
                invocation.peakMemoryBytes(),
                invocation.bytesIn(),
                invocation.bytesOut(),
                invocation.stderrTail(),
                invocation.cold(),
                ArtifactsView.of(invocation.id(), artifacts));
    }

    private static double millis(Duration duration) {
        return (double) duration.toNanos() / NANOS_PER_MILLI;
    }
}

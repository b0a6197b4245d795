package dev.mayfly.cluster;

import dev.mayfly.invocations.InvocationResult;
import dev.mayfly.sandbox.Execution;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How an instance ran, as JSON. Times are in nanoseconds.
 *
 * @param queue of {@link InvocationResult.Timing}
 * @param load of {@link InvocationResult.Timing}, where it is called the start
 * @param start of {@link Execution}
 * @param run of both
 */
record RanDocument(
        @Nullable OutcomeDocument outcome,
        long queue,
        long load,
        long start,
        long run,
        long cpuTime,
        long peakMemoryBytes) {

    static RanDocument of(InvocationResult.Ran ran) {
        Execution execution = ran.execution();
        return new RanDocument(
                OutcomeDocument.of(execution.outcome()),
                ran.timing().queue().toNanos(),
                ran.timing().start().toNanos(),
                execution.start().toNanos(),
                execution.run().toNanos(),
                execution.cpuTime().toNanos(),
                execution.peakMemoryBytes());
    }

    InvocationResult.Ran ran() {
        Execution execution = new Execution(
                Checked.required("outcome", outcome).outcome(),
                time(start),
                time(run),
                time(cpuTime),
                Checked.within("peakMemoryBytes", peakMemoryBytes, 0, Long.MAX_VALUE));
        return new InvocationResult.Ran(
                execution, new InvocationResult.Timing(time(queue), time(load), execution.run()));
    }

    private static Duration time(long nanos) {
        return Duration.ofNanos(Checked.within("time", nanos, 0, Long.MAX_VALUE));
    }
}

package dev.mayfly.invocations;

import dev.mayfly.functions.ResolvedVersion;
import dev.mayfly.invocations.records.InvocationRecord;
import dev.mayfly.sandbox.Execution;
import dev.mayfly.sandbox.Outcome;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The record of an invocation that has just ended.
 *
 * @param queueNanos how long it waited for its slot
 */
record InvocationSummary(Invocation invocation, InvocationResult result, long queueNanos) {

    InvocationRecord record() {
        ResolvedVersion version = invocation.request().version();
        Outcome outcome = outcome();
        return new InvocationRecord(
                invocation.id(),
                version.function().value(),
                version.version(),
                version.digest().toString(),
                invocation.engine(),
                invocation.outcome(),
                outcome instanceof Outcome.Exited(int code) ? code : null,
                outcome instanceof Outcome.Trapped trapped ? trapped.kind().id() : null,
                outcome instanceof Outcome.Trapped trapped ? Backtraces.text(trapped.backtrace()) : null,
                invocation.received(),
                Duration.ofNanos(queueNanos),
                timing().start(),
                timing().run(),
                execution() == null ? Duration.ZERO : execution().cpuTime(),
                execution() == null ? 0 : execution().peakMemoryBytes(),
                invocation.stdin().received(),
                invocation.output().written(),
                invocation.stderrTail(),
                invocation.cold(),
                invocation.artifacts().orElse(null));
    }

    private @Nullable Execution execution() {
        return result instanceof InvocationResult.Ran ran ? ran.execution() : null;
    }

    private @Nullable Outcome outcome() {
        return result instanceof InvocationResult.Ran ran ? ran.execution().outcome() : null;
    }

    private InvocationResult.Timing timing() {
        return result instanceof InvocationResult.Ran ran
                ? ran.timing()
                : new InvocationResult.Timing(Duration.ofNanos(queueNanos), Duration.ZERO, Duration.ZERO);
    }
}

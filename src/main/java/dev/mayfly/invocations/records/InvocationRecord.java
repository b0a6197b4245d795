package dev.mayfly.invocations.records;

import dev.mayfly.archives.ArchiveSummary;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What an invocation was and what came of it.
 *
 * @param id ascending with time
 * @param function its name
 * @param version of the function
 * @param digest of the module
 * @param engine that ran it
 * @param outcome how it ended
 * @param exitCode of a command that exited by itself
 * @param trap the kind of trap, if it trapped
 * @param backtrace of the trap, a line per frame, innermost first
 * @param received when it was admitted
 * @param queue how long it waited for a slot
 * @param start from getting the slot to the guest's first instruction
 * @param run from the first instruction to the end
 * @param cpu processor time of making and running the instance
 * @param peakMemoryBytes of linear memory
 * @param bytesIn received of the input
 * @param bytesOut written by the guest to its standard output
 * @param stderrTail the last that the guest wrote to its standard error
 * @param cold whether the module had to be compiled or loaded first
 * @param artifacts what became of the archive of the instance's files, when it was made; null if there was to be none
 */
public record InvocationRecord(
        UUID id,
        String function,
        int version,
        String digest,
        String engine,
        InvocationOutcome outcome,
        @Nullable Integer exitCode,
        @Nullable String trap,
        @Nullable String backtrace,
        Instant received,
        Duration queue,
        Duration start,
        Duration run,
        Duration cpu,
        long peakMemoryBytes,
        long bytesIn,
        long bytesOut,
        String stderrTail,
        boolean cold,
        @Nullable ArchiveSummary artifacts) {}

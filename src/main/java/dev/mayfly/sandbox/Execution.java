package dev.mayfly.sandbox;

import java.time.Duration;

/**
 * What came of an instance.
 *
 * @param outcome how it ended
 * @param start from the call to the guest's first instruction: making the instance
 * @param run from the first instruction to the end
 * @param cpuTime what the instance's thread used in both
 * @param peakMemoryBytes of linear memory
 */
public record Execution(Outcome outcome, Duration start, Duration run, Duration cpuTime, long peakMemoryBytes) {}

package dev.mayfly.invocations;

import dev.mayfly.artifacts.ExecutableModules;
import dev.mayfly.functions.ResolvedVersion;
import dev.mayfly.invocations.records.InvocationListener;
import dev.mayfly.sandbox.InstanceLimits;
import dev.mayfly.scheduling.NanoClock;
import java.time.InstantSource;

/**
 * What every invocation needs of its surroundings.
 *
 * @param modules executable modules by digest
 * @param engine the engine's name
 * @param listener is told of ended invocations
 * @param properties how invocations are served
 * @param clock for durations
 * @param time of day
 */
record InvocationContext(
        ExecutableModules modules,
        String engine,
        InvocationListener listener,
        InvocationProperties properties,
        NanoClock clock,
        InstantSource time) {

    private static final int PAGES_PER_MIB = 1024 * 1024 / InstanceLimits.PAGE_BYTES;
    private static final int TABLE_ELEMENTS = 1_000_000;

    InstanceLimits instanceLimits(ResolvedVersion version) {
        var limits = version.configuration().limits();
        return new InstanceLimits(limits.memoryMiB() * PAGES_PER_MIB, TABLE_ELEMENTS, limits.maxStackKiB() * 1024);
    }
}

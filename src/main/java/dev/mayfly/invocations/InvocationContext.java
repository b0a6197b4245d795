package dev.mayfly.invocations;

import dev.mayfly.invocations.records.InvocationListener;
import dev.mayfly.invocations.streams.BufferBudget;
import dev.mayfly.scheduling.NanoClock;
import java.time.InstantSource;

/**
 * What every invocation needs of its surroundings.
 *
 * @param executor runs those that have a slot
 * @param listener is told of ended invocations
 * @param properties how invocations are served
 * @param buffers the memory for inputs and outputs
 * @param clock for durations
 * @param time of day
 */
record InvocationContext(
        Executor executor,
        InvocationListener listener,
        InvocationProperties properties,
        BufferBudget buffers,
        NanoClock clock,
        InstantSource time) {}

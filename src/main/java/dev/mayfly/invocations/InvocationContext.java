package dev.mayfly.invocations;

import dev.mayfly.artifacts.ExecutableModules;
import dev.mayfly.invocations.records.InvocationListener;
import dev.mayfly.invocations.streams.BufferBudget;
import dev.mayfly.scheduling.NanoClock;
import java.time.InstantSource;

/**
 * What every invocation needs of its surroundings.
 *
 * @param modules executable modules by digest
 * @param engine the name of the engine that runs instances, unless a module's needs another
 * @param listener is told of ended invocations
 * @param properties how invocations are served
 * @param buffers the memory for inputs and outputs
 * @param files the memory for the files of instances
 * @param clock for durations
 * @param time of day
 */
record InvocationContext(
        ExecutableModules modules,
        String engine,
        InvocationListener listener,
        InvocationProperties properties,
        BufferBudget buffers,
        FileMemory files,
        NanoClock clock,
        InstantSource time) {}

package dev.mayfly.functions;

/**
 * What one instance of a function may use.
 *
 * @param memoryMiB of linear memory
 * @param timeoutMs wall-clock time from its start
 * @param maxInputBytes of its request body
 * @param maxOutputBytes of its standard output
 * @param maxStackKiB of its call stack
 */
public record FunctionLimits(int memoryMiB, int timeoutMs, long maxInputBytes, long maxOutputBytes, int maxStackKiB) {}

package dev.mayfly.image;

/**
 * How large instances may get, whatever their module says.
 *
 * @param memoryPages of linear memory, 64 KiB each
 * @param tableElements of each table
 */
public record ImageLimits(long memoryPages, long tableElements) {}

package dev.mayfly.sandbox;

/**
 * What one instance may use at most, as far as it is built into the executable.
 *
 * @param memoryPages of linear memory, 64 KiB each, 0 to 65536
 * @param tableElements of every table
 * @param stackBytes of the WebAssembly call stack
 */
public record InstanceLimits(int memoryPages, int tableElements, int stackBytes) {

    public static final int PAGE_BYTES = 65536;

    public InstanceLimits {
        if (memoryPages < 0 || memoryPages > 65536) {
            throw new IllegalArgumentException("memoryPages must be 0 to 65536: " + memoryPages);
        }
        if (tableElements < 0) {
            throw new IllegalArgumentException("tableElements must not be negative: " + tableElements);
        }
        if (stackBytes < 4096) {
            throw new IllegalArgumentException("stackBytes must be at least 4096: " + stackBytes);
        }
    }
}

package dev.mayfly.sandbox;

/**
 * What one instance may use at most, as far as it is built into the executable.
 *
 * @param memoryPages of linear memory, 64 KiB each, 0 to 65536
 * @param tableElements of every table
 * @param stackBytes of the WebAssembly call stack, 4 KiB to 2 MiB
 */
public record InstanceLimits(int memoryPages, int tableElements, int stackBytes) {

    public static final int PAGE_BYTES = 65536;

    public static final int MIN_STACK_BYTES = 4096;

    /** What the Wasmtime binding can be configured to, and the stack that an {@link InstanceThread} has room for. */
    public static final int MAX_STACK_BYTES = 2 << 20;

    public InstanceLimits {
        if (memoryPages < 0 || memoryPages > 65536) {
            throw new IllegalArgumentException("memoryPages must be 0 to 65536: " + memoryPages);
        }
        if (tableElements < 0) {
            throw new IllegalArgumentException("tableElements must not be negative: " + tableElements);
        }
        if (stackBytes < MIN_STACK_BYTES || stackBytes > MAX_STACK_BYTES) {
            throw new IllegalArgumentException(
                    "stackBytes must be " + MIN_STACK_BYTES + " to " + MAX_STACK_BYTES + ": " + stackBytes);
        }
    }
}

package dev.mayfly.functions;

import dev.mayfly.disk.FileLimits;
import dev.mayfly.sandbox.InstanceLimits;

/**
 * What one instance of a function may use.
 *
 * @param memoryMiB of linear memory
 * @param timeoutMs wall-clock time from its start
 * @param maxInputBytes of its request body
 * @param maxOutputBytes of its standard output
 * @param maxStackKiB of its call stack
 * @param maxFileSystemBytes of memory for its files
 * @param maxFiles files, directories and links
 * @param cpuTimeMs processor time from its start; at most {@code timeoutMs}, which is also the default
 */
public record FunctionLimits(
        int memoryMiB,
        int timeoutMs,
        long maxInputBytes,
        long maxOutputBytes,
        int maxStackKiB,
        long maxFileSystemBytes,
        int maxFiles,
        int cpuTimeMs) {

    /** How many elements each table of an instance may have. */
    public static final int TABLE_ELEMENTS = 1_000_000;

    private static final int PAGES_PER_MIB = 1024 * 1024 / InstanceLimits.PAGE_BYTES;

    /** A version that was published before processor time was limited is stored without. */
    public FunctionLimits {
        cpuTimeMs = cpuTimeMs == 0 ? timeoutMs : cpuTimeMs;
    }

    /** The limits of an instance that may compute for all of its time. */
    public FunctionLimits(
            int memoryMiB,
            int timeoutMs,
            long maxInputBytes,
            long maxOutputBytes,
            int maxStackKiB,
            long maxFileSystemBytes,
            int maxFiles) {
        this(memoryMiB, timeoutMs, maxInputBytes, maxOutputBytes, maxStackKiB, maxFileSystemBytes, maxFiles, timeoutMs);
    }

    /** The limits of an instance that can make no files. */
    public FunctionLimits(int memoryMiB, int timeoutMs, long maxInputBytes, long maxOutputBytes, int maxStackKiB) {
        this(memoryMiB, timeoutMs, maxInputBytes, maxOutputBytes, maxStackKiB, 0, 0);
    }

    /** Those of the limits that an instance's files have. */
    public FileLimits fileLimits() {
        return new FileLimits(maxFileSystemBytes, maxFiles);
    }

    /** Those of the limits that an executable module is made for. */
    public InstanceLimits instanceLimits() {
        return new InstanceLimits(memoryMiB * PAGES_PER_MIB, TABLE_ELEMENTS, maxStackKiB * 1024);
    }
}

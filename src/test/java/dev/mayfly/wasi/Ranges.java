package dev.mayfly.wasi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** The bytes of its memory that a guest lends to the host for one call: what the call may change. */
final class Ranges {

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private record Range(long start, long length) {}

    private final MemorySegment memory;
    private final List<Range> ranges = new ArrayList<>();

    private Ranges(MemorySegment memory) {
        this.memory = memory;
    }

    /** By the definition of each call in preview 1, written down apart from the code that it checks. */
    static Ranges of(SystemCall call, long[] arguments, MemorySegment before) {
        long[] a = narrowed(call, arguments);
        Ranges ranges = new Ranges(before);
        switch (call.name()) {
            case "args_sizes_get", "environ_sizes_get" -> ranges.add(a[0], 4).add(a[1], 4);
            case "args_get" -> ranges.add(a[0], 4 * 2).add(a[1], "program\0ä\0".length() + 1);
            case "environ_get" -> ranges.add(a[0], 4 * 2).add(a[1], "A=eins\0B=2\0".length());
            case "clock_res_get", "fd_tell" -> ranges.add(a[1], 8);
            case "clock_time_get" -> ranges.add(a[2], 8);
            case "fd_fdstat_get" -> ranges.add(a[1], 24);
            case "fd_filestat_get" -> ranges.add(a[1], 64);
            case "path_filestat_get" -> ranges.add(a[4], 64);
            case "fd_prestat_get" -> ranges.add(a[1], 8);
            case "fd_prestat_dir_name" -> ranges.add(a[1], Math.min(a[2], 1));
            case "random_get" -> ranges.add(a[0], a[1]);
            case "fd_read" -> ranges.vectors(a[1], a[2]).add(a[3], 4);
            case "fd_pread" -> ranges.vectors(a[1], a[2]).add(a[4], 4);
            case "fd_write" -> ranges.add(a[3], 4);
            case "fd_pwrite" -> ranges.add(a[4], 4);
            case "fd_readdir" -> ranges.add(a[1], a[2]).add(a[4], 4);
            case "fd_seek" -> ranges.add(a[3], 8);
            case "path_open" -> ranges.add(a[8], 4);
            case "path_readlink" -> ranges.add(a[3], a[4]).add(a[5], 4);
            case "poll_oneoff" -> ranges.add(a[1], a[2] * 32).add(a[3], 4);
            default -> {}
        }
        return ranges;
    }

    /** Undoes a call's changes within the ranges; what then differs is what it should not have touched. */
    void restore(MemorySegment after) {
        for (Range range : ranges) {
            long start = Math.min(range.start(), memory.byteSize());
            long length = Math.min(range.length(), memory.byteSize() - start);
            MemorySegment.copy(memory, start, after, start, length);
        }
    }

    private Ranges add(long start, long length) {
        ranges.add(new Range(start, length));
        return this;
    }

    private Ranges vectors(long start, long count) {
        for (long at = start; at <= memory.byteSize() - 8 && at < start + 8 * Math.min(count, 1024); at += 8) {
            add(Integer.toUnsignedLong(memory.get(INT, at)), Integer.toUnsignedLong(memory.get(INT, at + 4)));
        }
        return this;
    }

    private static long[] narrowed(SystemCall call, long[] arguments) {
        long[] narrowed = arguments.clone();
        call.narrow(narrowed);
        return narrowed;
    }
}

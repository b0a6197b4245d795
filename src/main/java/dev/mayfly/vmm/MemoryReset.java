package dev.mayfly.vmm;

import dev.mayfly.nativeaccess.Linux;
import dev.mayfly.nativeaccess.Mapping;
import dev.mayfly.nativeaccess.NativeException;
import dev.mayfly.nativeaccess.PageMap;
import dev.mayfly.vmm.ImageLayout.Backed;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;

/**
 * Puts an instance's memory back to what its image says.
 *
 * <p>Pages that were written to are copied back and stay, because a page that the next instance finds in place costs it
 * no fault. So the set of them only grows, and only by page faults of this thread: as long as the thread has had none
 * since, the set of the last scan is still right. When the set gets larger than what a slot may keep, all of it is
 * given back to the system.
 */
final class MemoryReset {

    private final Linux linux;
    private final PageMap pageMap;
    private final LoadedImage image;
    private final Mapping memory;
    private final long retainedBytes;
    private final List<Backed> backed;

    private long[] ranges = new long[16];
    private int used;
    private long writtenBytes;
    private long faultsBeforeScan = -1;
    private long largestBytes;

    MemoryReset(Linux linux, PageMap pageMap, LoadedImage image, Mapping memory, long retainedBytes) {
        this.linux = linux;
        this.pageMap = pageMap;
        this.image = image;
        this.memory = memory;
        this.retainedBytes = retainedBytes;
        this.backed = image.backed();
    }

    /** Restores all that is accessible, which is at least as much as any instance has written to since the last time. */
    void run() throws NativeException {
        largestBytes = Math.max(largestBytes, memory.segment().byteSize());
        // Taken before the scan, so that whatever is written from now on is looked for the next time.
        long faults = linux.faultsOfCurrentThread();
        if (faults != faultsBeforeScan) {
            scan();
            faultsBeforeScan = faults;
        }
        if (writtenBytes > retainedBytes) {
            memory.discard(0, largestBytes);
            used = 0;
            writtenBytes = 0;
        } else {
            restore();
        }
    }

    /** Also where earlier instances had grown to: a page there is zero, but stays to be written to without a fault. */
    private void scan() throws NativeException {
        used = 0;
        writtenBytes = 0;
        pageMap.forEachWritten(memory, largestBytes, this::add);
    }

    private void add(long offset, long length) {
        if (used == ranges.length) {
            ranges = Arrays.copyOf(ranges, 2 * used);
        }
        ranges[used++] = offset;
        ranges[used++] = offset + length;
        writtenBytes += length;
    }

    /** What is in the set but not accessible was restored when it was, and is left out. */
    private void restore() {
        MemorySegment target = memory.segment();
        for (int i = 0; i < used; i += 2) {
            restore(target, ranges[i], Math.min(ranges[i + 1], target.byteSize()));
        }
    }

    private void restore(MemorySegment target, long start, long end) {
        MemorySegment file = image.pristine().segment();
        long at = start;
        for (Backed backed : backed) {
            if (backed.offset() >= end) {
                break;
            }
            zero(target, at, Math.min(end, backed.offset()));
            at = Math.max(at, backed.offset());
            long until = Math.min(end, backed.end());
            if (at < until) {
                MemorySegment.copy(file, backed.pristineOffset() + at - backed.offset(), target, at, until - at);
                at = until;
            }
        }
        zero(target, at, end);
    }

    private static void zero(MemorySegment target, long start, long end) {
        if (start < end) {
            target.asSlice(start, end - start).fill((byte) 0);
        }
    }
}

package dev.mayfly.nativeaccess;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/**
 * Finds written pages by a request that walks the page tables inside of the kernel, which Linux has since 6.7.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/mm/pagemap.html">Examining process page tables, PAGEMAP_SCAN</a>
 */
final class PagemapScanRequest implements PageMap.Scan {

    private static final long FILE = 1 << 2;
    private static final long PRESENT = 1 << 3;
    private static final long SWAPPED = 1 << 4;
    private static final long ZERO_PAGE = 1 << 5;

    private static final StructLayout ARGUMENT = MemoryLayout.structLayout(
            JAVA_LONG.withName("size"),
            JAVA_LONG.withName("flags"),
            JAVA_LONG.withName("start"),
            JAVA_LONG.withName("end"),
            JAVA_LONG.withName("walk_end"),
            JAVA_LONG.withName("vec"),
            JAVA_LONG.withName("vec_len"),
            JAVA_LONG.withName("max_pages"),
            JAVA_LONG.withName("category_inverted"),
            JAVA_LONG.withName("category_mask"),
            JAVA_LONG.withName("category_anyof_mask"),
            JAVA_LONG.withName("return_mask"));

    /** The kernel's {@code struct page_region}: start, end, categories. */
    private static final int REGION_BYTES = 3 * Long.BYTES;

    private static final int REGIONS = 64;
    private static final Ioctl SCAN = Ioctl.readWrite("PAGEMAP_SCAN", 'f', 16, ARGUMENT);

    /** Whether the kernel has it: one without answers {@code ENOTTY} to a scan of nothing. */
    static boolean isKnownTo(Descriptor pagemap) {
        try (Arena arena = Arena.ofConfined()) {
            return pagemap.tryIoctl(SCAN, argument(arena, 0, MemorySegment.NULL)) == 0;
        }
    }

    @Override
    public void forEachWritten(Descriptor pagemap, long start, long end, PageMap.RangeConsumer found)
            throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment regions = arena.allocate((long) REGIONS * REGION_BYTES, Long.BYTES);
            MemorySegment argument = argument(arena, end, regions);
            for (long from = start; from < end; from = get(argument, "walk_end")) {
                set(argument, "start", from);
                int count = pagemap.ioctl(SCAN, argument);
                for (int i = 0; i < count; i++) {
                    long regionStart = regions.get(JAVA_LONG, (long) i * REGION_BYTES);
                    long regionEnd = regions.get(JAVA_LONG, (long) i * REGION_BYTES + Long.BYTES);
                    found.accept(regionStart, regionEnd - regionStart);
                }
            }
        }
    }

    /** Asks for pages that are neither the file's nor the shared page of zeros, in memory or swapped out. */
    private static MemorySegment argument(Arena arena, long end, MemorySegment regions) {
        MemorySegment argument = arena.allocate(ARGUMENT);
        set(argument, "size", ARGUMENT.byteSize());
        set(argument, "end", end);
        set(argument, "vec", regions.address());
        set(argument, "vec_len", regions.byteSize() / REGION_BYTES);
        set(argument, "category_inverted", FILE | ZERO_PAGE);
        set(argument, "category_mask", FILE | ZERO_PAGE);
        set(argument, "category_anyof_mask", PRESENT | SWAPPED);
        set(argument, "return_mask", PRESENT);
        return argument;
    }

    private static long get(MemorySegment argument, String field) {
        return argument.get(JAVA_LONG, ARGUMENT.byteOffset(PathElement.groupElement(field)));
    }

    private static void set(MemorySegment argument, String field, long value) {
        argument.set(JAVA_LONG, ARGUMENT.byteOffset(PathElement.groupElement(field)), value);
    }
}

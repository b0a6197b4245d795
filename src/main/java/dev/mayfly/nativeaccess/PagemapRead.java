package dev.mayfly.nativeaccess;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * Finds written pages by reading the entry of every page, on kernels that cannot do better. A page of zeros that was
 * only read counts as written here, because the entry does not tell.
 *
 * @see <a href="https://docs.kernel.org/admin-guide/mm/pagemap.html">Examining process page tables</a>
 */
final class PagemapRead implements PageMap.Scan {

    private static final long PRESENT = 1L << 63;
    private static final long SWAPPED = 1L << 62;
    private static final long FILE = 1L << 61;
    private static final long PAGES_AT_ONCE = 4096;

    @Override
    public void forEachWritten(Descriptor pagemap, long start, long end, PageMap.RangeConsumer found)
            throws NativeException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment entries = arena.allocate(PAGES_AT_ONCE * Long.BYTES, Long.BYTES);
            for (long from = start; from < end; from += PAGES_AT_ONCE * Mapping.PAGE) {
                long pages = Math.min(PAGES_AT_ONCE, (end - from) / Mapping.PAGE);
                MemorySegment wanted = entries.asSlice(0, pages * Long.BYTES);
                long read = pagemap.read(wanted, from / Mapping.PAGE * Long.BYTES);
                if (read != wanted.byteSize()) {
                    throw new NativeException("pread of " + read + " bytes of the page map", Errno.EINVAL);
                }
                report(wanted, from, found);
            }
        }
    }

    private static void report(MemorySegment entries, long from, PageMap.RangeConsumer found) {
        long pages = entries.byteSize() / Long.BYTES;
        long first = -1;
        for (long i = 0; i < pages; i++) {
            boolean written = isWritten(entries.getAtIndex(JAVA_LONG, i));
            if (written && first < 0) {
                first = i;
            } else if (!written && first >= 0) {
                found.accept(from + first * Mapping.PAGE, (i - first) * Mapping.PAGE);
                first = -1;
            }
        }
        if (first >= 0) {
            found.accept(from + first * Mapping.PAGE, (pages - first) * Mapping.PAGE);
        }
    }

    private static boolean isWritten(long entry) {
        return (entry & (PRESENT | SWAPPED)) != 0 && (entry & FILE) == 0;
    }
}

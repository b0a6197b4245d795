package dev.mayfly.image;

import dev.mayfly.abi.MemoryMap;
import dev.mayfly.vmm.Content;
import dev.mayfly.wasm.ModuleLimitException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Memory that is zero nearly everywhere, kept by the page: a table may have room for millions of elements, and a segment
 * may go to the end of 4 GiB.
 */
final class PageStore {

    /** Into how many contents it is divided at most: each takes mappings of every machine. */
    static final int CONTENTS = 8;

    /** Fewer pages of zeros than this are not left out. */
    private static final int LEAST_GAP = 16;

    private final TreeMap<Long, byte[]> pages = new TreeMap<>();
    private final ImageLimits limits;

    PageStore(ImageLimits limits) {
        this.limits = limits;
    }

    void put64(long offset, long value) throws ModuleLimitException {
        if (value != 0 || pages.containsKey(offset / MemoryMap.PAGE)) {
            ByteBuffer.wrap(page(offset / MemoryMap.PAGE))
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong((int) (offset % MemoryMap.PAGE), value);
        }
    }

    void write(byte[] source, int from, int length, long to) throws ModuleLimitException {
        int done = 0;
        while (done < length) {
            int within = (int) ((to + done) % MemoryMap.PAGE);
            int count = Math.min(length - done, MemoryMap.PAGE - within);
            System.arraycopy(source, from + done, page((to + done) / MemoryMap.PAGE), within, count);
            done += count;
        }
    }

    private byte[] page(long number) throws ModuleLimitException {
        byte[] page = pages.get(number);
        if (page == null) {
            requireBytes((pages.size() + 1L) * MemoryMap.PAGE);
            page = new byte[MemoryMap.PAGE];
            pages.put(number, page);
        }
        return page;
    }

    /** What is not zero, and no more zeros between than it takes to have few contents. */
    List<Content> contents() throws ModuleLimitException {
        pages.values().removeIf(PageStore::isZero);
        List<Content> contents = new ArrayList<>();
        if (pages.isEmpty()) {
            return contents;
        }
        long bytes = 0;
        long first = pages.firstKey();
        for (long last : lastPages()) {
            long length = (last + 1 - first) * MemoryMap.PAGE;
            bytes += length;
            requireBytes(bytes);
            contents.add(new Content.InMemory(first * MemoryMap.PAGE, join(first, length)));
            Long next = pages.higherKey(last);
            first = next == null ? last : next;
        }
        return contents;
    }

    private void requireBytes(long bytes) throws ModuleLimitException {
        if (bytes > limits.imageBytes()) {
            throw new ModuleLimitException("imageBytes", limits.imageBytes(), bytes, 0);
        }
    }

    /** The pages in front of the widest gaps, and the last of all. */
    private SortedSet<Long> lastPages() {
        record Gap(long before, long pages) {}
        List<Gap> gaps = new ArrayList<>();
        long previous = pages.firstKey();
        for (long page : pages.keySet()) {
            if (page - previous > LEAST_GAP) {
                gaps.add(new Gap(previous, page - previous));
            }
            previous = page;
        }
        SortedSet<Long> last = new TreeSet<>();
        gaps.stream()
                .sorted(Comparator.comparingLong(Gap::pages).reversed())
                .limit(CONTENTS - 1)
                .forEach(gap -> last.add(gap.before()));
        last.add(previous);
        return last;
    }

    private MemorySegment join(long first, long length) {
        byte[] bytes = new byte[Math.toIntExact(length)];
        for (Map.Entry<Long, byte[]> page :
                pages.subMap(first, first + length / MemoryMap.PAGE).entrySet()) {
            int at = (int) ((page.getKey() - first) * MemoryMap.PAGE);
            System.arraycopy(page.getValue(), 0, bytes, at, MemoryMap.PAGE);
        }
        return MemorySegment.ofArray(bytes);
    }

    private static boolean isZero(byte[] page) {
        return Arrays.mismatch(page, new byte[MemoryMap.PAGE]) < 0;
    }
}

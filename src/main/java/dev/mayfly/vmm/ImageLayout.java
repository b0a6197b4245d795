package dev.mayfly.vmm;

import dev.mayfly.abi.MemoryMap;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the parts of an image are in guest-physical memory and in what it is kept pristine in.
 *
 * <pre>
 * guest-physical  what                                                                    pristine
 * 0x000000000     code, constants, entry stub                                             at the same offset
 * 0x080000000     2 MiB that cannot be accessed                                           none
 * 0x100000000     data | stack | page tables | to 2 MiB | linear memory up to its limit   contents, behind the first part
 * </pre>
 *
 * <p>All instances share the first part. The last is a private copy of each, and nothing else is. Page tables are in it
 * although nobody changes them: processors with nested paging treat every walk of a guest's tables as a write, and would
 * not walk tables that are read-only.
 *
 * @param shared where each region of code and constants is in the shared part
 * @param data where each region of data is in the private part
 */
record ImageLayout(
        GuestImage image, List<Placed> shared, long stubOffset, List<Placed> data, long dataBytes, long tablesBytes) {

    /** Where the part that instances share begins. It is shorter than the image's span, so it ends before the trap. */
    static final long SHARED = 0;

    /** Where the trap is: below the addresses that Intel's processors want for themselves. */
    static final long TRAP = 0x8000_0000L;

    static final long TRAP_BYTES = PageTables.LARGE_PAGE;

    /** Where the private part begins: above the addresses where a processor has its own interrupt controller. */
    static final long PRIVATE = 0x1_0000_0000L;

    /** A region, and its offset in the part that it belongs to. */
    record Placed(Region region, long offset) {}

    /**
     * Pages that begin as a content says.
     *
     * @param offset where they are in the part that they belong to
     * @param pristineOffset where they are kept pristine
     */
    record Backed(long offset, long pristineOffset, Content content) {
        long bytes() {
            return content.end() - content.offset();
        }

        long end() {
            return offset + bytes();
        }

        long pristineEnd() {
            return pristineOffset + bytes();
        }
    }

    static ImageLayout of(GuestImage image) {
        List<Placed> shared = new ArrayList<>();
        List<Placed> data = new ArrayList<>();
        long sharedEnd = 0;
        long dataEnd = 0;
        for (Region region : image.regions()) {
            if (region.permission() == Permission.DATA) {
                data.add(new Placed(region, dataEnd));
                dataEnd += region.bytes();
            } else {
                shared.add(new Placed(region, sharedEnd));
                sharedEnd += region.bytes();
            }
        }
        ImageLayout layout = new ImageLayout(image, shared, sharedEnd, data, dataEnd, 0);
        // How many tables there are does not depend on where linear memory is, but the other way round.
        long tablesBytes = layout.tables().bytes();
        return new ImageLayout(image, shared, sharedEnd, data, dataEnd, tablesBytes);
    }

    /** Makes the page tables. */
    PageTables tables() {
        PageTables tables = new PageTables(PRIVATE + tablesOffset(), TRAP);
        for (Placed placed : shared) {
            Region region = placed.region();
            tables.map(region.address(), SHARED + placed.offset(), region.bytes(), region.permission());
        }
        tables.map(EntryStub.ADDRESS, SHARED + stubOffset, MemoryMap.PAGE, Permission.CODE);
        tables.map(
                EntryStub.CONSTANTS,
                SHARED + stubOffset + MemoryMap.PAGE,
                EntryStub.CONSTANTS_BYTES,
                Permission.CONSTANT);
        for (Placed placed : data) {
            Region region = placed.region();
            tables.map(region.address(), PRIVATE + placed.offset(), region.bytes(), Permission.DATA);
        }
        tables.map(image.stackBottom(), PRIVATE + dataBytes, image.stackBytes(), Permission.DATA);
        tables.mapLarge(MemoryMap.LINEAR_MEMORY, PRIVATE + linearOffset(), linearReserved());
        return tables;
    }

    /** Where the page tables are in the private part, the root first. */
    long tablesOffset() {
        return dataBytes + image.stackBytes();
    }

    /** Where linear memory is in the private part. */
    long linearOffset() {
        return roundUp(tablesOffset() + tablesBytes, PageTables.LARGE_PAGE);
    }

    /** How long linear memory is in the private part. */
    private long linearReserved() {
        return roundUp(image.memory().limitBytes(), PageTables.LARGE_PAGE);
    }

    /** How long the part that instances share is. */
    long sharedBytes() {
        return stubOffset + MemoryMap.PAGE + EntryStub.CONSTANTS_BYTES;
    }

    /** How long the private part is. */
    long privateBytes() {
        return linearOffset() + linearReserved();
    }

    /** What of the shared part is the image's own, in ascending order. The rest is zero, and then the entry stub. */
    List<Backed> sharedContents() {
        List<Backed> backed = new ArrayList<>();
        for (Placed placed : shared) {
            for (Content content : placed.region().contents()) {
                long offset = placed.offset() + content.offset();
                backed.add(new Backed(offset, offset, content));
            }
        }
        return backed;
    }

    /** What of the private part begins as something else than zero, in ascending order. */
    List<Backed> privateContents() {
        PrivateContents contents = new PrivateContents(sharedBytes());
        for (Placed placed : data) {
            contents.add(placed.offset(), placed.region().contents());
        }
        MemorySegment tables = MemorySegment.ofArray(new long[(int) (tablesBytes / Long.BYTES)]);
        tables().writeTo(tables);
        contents.add(tablesOffset(), Content.of(tables));
        contents.add(linearOffset(), image.memory().contents());
        return contents.backed;
    }

    /** Gives out places for what is kept pristine. */
    private static final class PrivateContents {

        private final List<Backed> backed = new ArrayList<>();
        private long next;

        PrivateContents(long first) {
            next = first;
        }

        void add(long partOffset, List<Content> contents) {
            for (Content content : contents) {
                Backed one = new Backed(partOffset + content.offset(), next, content);
                backed.add(one);
                next = one.pristineEnd();
            }
        }
    }

    private static long roundUp(long bytes, long unit) {
        return (bytes + unit - 1) / unit * unit;
    }
}

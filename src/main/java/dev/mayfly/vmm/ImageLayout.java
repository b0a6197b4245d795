package dev.mayfly.vmm;

import dev.mayfly.abi.MemoryMap;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the parts of an image are in guest-physical memory and in the file that backs it.
 *
 * <pre>
 * guest-physical  what                                                                    file
 * 0x000000000     code, constants, entry stub                                             at the same offset
 * 0x080000000     2 MiB that cannot be accessed                                           none
 * 0x100000000     data | stack | page tables | to 2 MiB | linear memory up to its limit   behind the first part
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

    /** A range of the private part that begins as a range of the file. */
    record Backed(long offset, long fileOffset, long bytes) {
        long end() {
            return offset + bytes;
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
        tables.map(EntryStub.CONSTANTS, SHARED + stubOffset + MemoryMap.PAGE, MemoryMap.PAGE, Permission.CONSTANT);
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
        return stubOffset + 2L * MemoryMap.PAGE;
    }

    /** How long the private part is. */
    long privateBytes() {
        return linearOffset() + linearReserved();
    }

    /** What of the private part the file has, in ascending order; the rest begins as zero. */
    List<Backed> backed() {
        long linearContent = roundUp(image.memory().content().byteSize(), MemoryMap.PAGE);
        long tablesInFile = sharedBytes() + dataBytes;
        return List.of(
                new Backed(0, sharedBytes(), dataBytes),
                new Backed(tablesOffset(), tablesInFile, tablesBytes),
                new Backed(linearOffset(), tablesInFile + tablesBytes, linearContent));
    }

    /** How long the file is. */
    long fileBytes() {
        return backed().getLast().fileOffset() + backed().getLast().bytes();
    }

    private static long roundUp(long bytes, long unit) {
        return (bytes + unit - 1) / unit * unit;
    }
}

package dev.mayfly.vmm;

import dev.mayfly.abi.MemoryMap;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the parts of an image are in guest-physical memory and in the file that backs it.
 *
 * <pre>
 * guest-physical  what                                                  file
 * 0x000000000     code, constants, entry stub, page tables              at the same offset
 * 0x080000000     2 MiB that cannot be accessed                         none
 * 0x100000000     data | stack | to 2 MiB | linear memory to its limit  behind the shared part: data, then
 *                                                                                 linear memory's content
 * </pre>
 *
 * <p>All instances share the first part. The last is a private copy of each, and nothing else is.
 *
 * @param shared where each region of code and constants is in the shared part
 * @param data where each region of data is in the private part
 */
record ImageLayout(
        GuestImage image,
        List<Placed> shared,
        long stubOffset,
        PageTables tables,
        long tablesOffset,
        List<Placed> data,
        long dataBytes) {

    /** Where the part that instances share begins. It is shorter than the image's span, so it ends before the trap. */
    static final long SHARED = 0;

    /** Where the trap is: below the addresses that Intel's processors want for themselves. */
    static final long TRAP = 0x8000_0000L;

    static final long TRAP_BYTES = PageTables.LARGE_PAGE;

    /** Where the private part begins: above the addresses where a processor has its own interrupt controller. */
    static final long PRIVATE = 0x1_0000_0000L;

    /** A region, and its offset in the part that it belongs to. */
    record Placed(Region region, long offset) {}

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
        long tablesOffset = sharedEnd + 2L * MemoryMap.PAGE;
        PageTables tables = new PageTables(SHARED + tablesOffset, TRAP);
        ImageLayout layout = new ImageLayout(image, shared, sharedEnd, tables, tablesOffset, data, dataEnd);
        layout.fill(tables);
        return layout;
    }

    private void fill(PageTables tables) {
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
    }

    /** How long the part that instances share is; the private part of the file begins there. */
    long sharedBytes() {
        return tablesOffset + tables.bytes();
    }

    /** Where linear memory is in the private part. */
    long linearOffset() {
        return roundUp(dataBytes + image.stackBytes(), PageTables.LARGE_PAGE);
    }

    /** How long linear memory is in the private part. */
    private long linearReserved() {
        return roundUp(image.memory().limitBytes(), PageTables.LARGE_PAGE);
    }

    /** How much of linear memory comes from the file. */
    long linearContentBytes() {
        return roundUp(image.memory().content().byteSize(), MemoryMap.PAGE);
    }

    /** How long the private part is. */
    long privateBytes() {
        return linearOffset() + linearReserved();
    }

    /** How long the file is. */
    long fileBytes() {
        return sharedBytes() + dataBytes + linearContentBytes();
    }

    private static long roundUp(long bytes, long unit) {
        return (bytes + unit - 1) / unit * unit;
    }
}

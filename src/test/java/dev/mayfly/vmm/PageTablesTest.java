package dev.mayfly.vmm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.abi.MemoryMap;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PageTablesTest {

    private static final long BASE = 0x10_0000;
    private static final long TRAP = 0x8000_0000L;
    private static final long CODE_BITS = PageTables.PRESENT | PageTables.USER;
    private static final long DATA_BITS = CODE_BITS | PageTables.WRITABLE | PageTables.NO_EXECUTE;
    private static final long ALL_BITS = DATA_BITS;

    private final PageTables tables = new PageTables(BASE, TRAP);

    @Test
    void everythingUpToTheEndIsMappedToTheTrapAndNothingBehind() {
        long end = MemoryMap.IMAGE + MemoryMap.IMAGE_SPAN;
        for (long at = 0; at < end; at += 0x1234_5000) {
            assertTrap(at);
        }
        assertTrap(end - 1);
        for (long at : new long[] {end, 1L << 39, 1L << 46, -4096}) {
            assertThat(new Walk().entry(at)).as(Long.toHexString(at)).isEmpty();
        }
    }

    @Test
    void aRegionIsMappedPageByPageAndWhatIsAroundItStaysATrap() {
        long start = MemoryMap.IMAGE + PageTables.LARGE_PAGE - 2L * MemoryMap.PAGE;
        tables.map(start, 0x5000, 4L * MemoryMap.PAGE, Permission.CODE);
        for (long page = 0; page < 4; page++) {
            assertMapped(start + page * MemoryMap.PAGE + 17, 0x5000 + page * MemoryMap.PAGE + 17, CODE_BITS);
        }
        assertTrap(start - 1);
        assertTrap(start + 4L * MemoryMap.PAGE);
    }

    @Test
    void permissionsAreThoseAskedFor() {
        long at = MemoryMap.IMAGE;
        tables.map(at, 0x5000, MemoryMap.PAGE, Permission.CODE);
        tables.map(at + MemoryMap.PAGE, 0x6000, MemoryMap.PAGE, Permission.CONSTANT);
        tables.map(at + 2L * MemoryMap.PAGE, 0x7000, MemoryMap.PAGE, Permission.DATA);
        assertMapped(at, 0x5000, CODE_BITS);
        assertMapped(at + MemoryMap.PAGE, 0x6000, CODE_BITS | PageTables.NO_EXECUTE);
        assertMapped(at + 2L * MemoryMap.PAGE, 0x7000, DATA_BITS);
    }

    @Test
    void linearMemoryIsMappedByLargePages() {
        long before = tables.bytes();
        tables.mapLarge(0, 0x1_0000_0000L, 1L << 32);
        assertThat(tables.bytes() - before).isEqualTo(4L * MemoryMap.PAGE);
        for (long at = 0; at < 1L << 32; at += 0x123_4567) {
            assertMapped(at, 0x1_0000_0000L + at, DATA_BITS);
        }
        assertTrap(1L << 32);
    }

    @Test
    void nobodyHasToSetAccessedOrDirtyBits() {
        tables.map(MemoryMap.IMAGE, 0x5000, MemoryMap.PAGE, Permission.DATA);
        Walk walk = new Walk();
        assertThat(walk.entry(MemoryMap.IMAGE)).isPresent();
        assertThat(walk.everyLevelHas(PageTables.ACCESSED, MemoryMap.IMAGE)).isTrue();
        assertThat(walk.entry(MemoryMap.IMAGE).getAsLong() & PageTables.DIRTY).isNotZero();
        assertThat(walk.entry(0).getAsLong() & PageTables.DIRTY).isNotZero();
    }

    private void assertTrap(long virtual) {
        Walk walk = new Walk();
        OptionalLong physical = walk.translate(virtual);
        assertThat(physical).as(Long.toHexString(virtual)).isPresent();
        assertThat(physical.getAsLong()).isBetween(TRAP, TRAP + PageTables.LARGE_PAGE - 1);
        assertThat(walk.entry(virtual).getAsLong() & ALL_BITS).isEqualTo(DATA_BITS);
    }

    private void assertMapped(long virtual, long physical, long bits) {
        Walk walk = new Walk();
        assertThat(walk.translate(virtual)).as(Long.toHexString(virtual)).hasValue(physical);
        assertThat(walk.entry(virtual).getAsLong() & ALL_BITS).isEqualTo(bits);
    }

    /** Walks the tables as a processor does, from the bytes that were written. */
    private final class Walk {

        private final MemorySegment memory = MemorySegment.ofArray(new long[(int) (tables.bytes() / Long.BYTES)]);

        Walk() {
            tables.writeTo(memory);
        }

        /** The entry that maps a page. */
        OptionalLong entry(long virtual) {
            long table = BASE;
            for (int level = 3; level >= 0; level--) {
                long entry = at(table, virtual, level);
                if ((entry & PageTables.PRESENT) == 0) {
                    return OptionalLong.empty();
                }
                if (level == 0 || (entry & PageTables.LARGE) != 0) {
                    return OptionalLong.of(entry);
                }
                table = address(entry);
            }
            throw new AssertionError();
        }

        OptionalLong translate(long virtual) {
            OptionalLong entry = entry(virtual);
            if (entry.isEmpty()) {
                return entry;
            }
            long size = (entry.getAsLong() & PageTables.LARGE) != 0 ? PageTables.LARGE_PAGE : MemoryMap.PAGE;
            return OptionalLong.of(address(entry.getAsLong()) + virtual % size);
        }

        boolean everyLevelHas(long bit, long virtual) {
            long table = BASE;
            for (int level = 3; level >= 0; level--) {
                long entry = at(table, virtual, level);
                if ((entry & bit) == 0) {
                    return false;
                }
                table = address(entry);
            }
            return true;
        }

        private long at(long table, long virtual, int level) {
            long index = virtual >>> (12 + 9 * level) & 511;
            return memory.get(ValueLayout.JAVA_LONG, table - BASE + index * Long.BYTES);
        }

        private static long address(long entry) {
            return entry & 0x000F_FFFF_FFFF_F000L;
        }
    }
}

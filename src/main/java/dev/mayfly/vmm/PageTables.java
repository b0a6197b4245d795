package dev.mayfly.vmm;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.mayfly.abi.MemoryMap;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;

/**
 * Builds the page tables that a guest's processor walks (AMD64 Architecture Programmer's Manual, volume 2, section 5.3).
 *
 * <p>Every page up to the end of the image that is not mapped otherwise is mapped to the trap: guest-physical memory
 * that cannot be accessed. A single directory and a single table, referenced from everywhere, are enough for that.
 *
 * <p>The tables are not mapped in the guest's own address space. All bits that the processor would set by itself are
 * set from the beginning, so that nobody ever changes them.
 */
final class PageTables {

    static final long PRESENT = 1;
    static final long WRITABLE = 1 << 1;
    static final long USER = 1 << 2;
    static final long ACCESSED = 1 << 5;
    static final long DIRTY = 1 << 6;
    static final long LARGE = 1 << 7;
    static final long NO_EXECUTE = 1L << 63;

    /** Of a page that a directory entry maps without a table. */
    static final long LARGE_PAGE = 2L << 20;

    private static final int ENTRIES = 512;
    private static final long DIRECTORY_SPAN = ENTRIES * LARGE_PAGE;
    private static final long TABLE = PRESENT | WRITABLE | USER | ACCESSED;
    private static final long LEAF = PRESENT | USER | ACCESSED | DIRTY;
    private static final long ADDRESS = 0x000F_FFFF_FFFF_F000L;
    private static final int ROOT = 0;
    private static final int POINTERS = 1;
    private static final int TRAP_DIRECTORY = 2;
    private static final int TRAP_TABLE = 3;

    private final long base;
    private final List<long[]> tables = new ArrayList<>();

    /**
     * Begins with everything mapped to the trap.
     *
     * @param base the guest-physical address that the tables will be at; also the value of CR3
     * @param trap the guest-physical address of 2 MiB that cannot be accessed
     */
    PageTables(long base, long trap) {
        this.base = base;
        for (int i = 0; i <= TRAP_TABLE; i++) {
            tables.add(new long[ENTRIES]);
        }
        tables.get(ROOT)[0] = entry(POINTERS);
        long end = MemoryMap.IMAGE + MemoryMap.IMAGE_SPAN;
        for (int i = 0; i < end / DIRECTORY_SPAN; i++) {
            tables.get(POINTERS)[i] = entry(TRAP_DIRECTORY);
        }
        for (int i = 0; i < ENTRIES; i++) {
            tables.get(TRAP_DIRECTORY)[i] = trap | LEAF | WRITABLE | NO_EXECUTE | LARGE;
            tables.get(TRAP_TABLE)[i] = trap + (long) i * MemoryMap.PAGE | LEAF | WRITABLE | NO_EXECUTE;
        }
    }

    /** Maps pages of 4 KiB. */
    void map(long virtual, long physical, long bytes, Permission permission) {
        for (long at = 0; at < bytes; at += MemoryMap.PAGE) {
            long[] table = table(virtual + at);
            table[index(virtual + at, MemoryMap.PAGE)] = physical + at | bits(permission);
        }
    }

    /** Maps data by pages of 2 MiB, to which everything is aligned. */
    void mapLarge(long virtual, long physical, long bytes) {
        for (long at = 0; at < bytes; at += LARGE_PAGE) {
            directory(virtual + at)[index(virtual + at, LARGE_PAGE)] = physical + at | bits(Permission.DATA) | LARGE;
        }
    }

    private static long bits(Permission permission) {
        return switch (permission) {
            case CODE -> LEAF;
            case CONSTANT -> LEAF | NO_EXECUTE;
            case DATA -> LEAF | WRITABLE | NO_EXECUTE;
        };
    }

    private long[] directory(long virtual) {
        return ownCopy(tables.get(POINTERS), index(virtual, DIRECTORY_SPAN), TRAP_DIRECTORY);
    }

    private long[] table(long virtual) {
        long[] directory = directory(virtual);
        int index = index(virtual, LARGE_PAGE);
        if ((directory[index] & LARGE) != 0) {
            directory[index] = entry(TRAP_TABLE);
        }
        return ownCopy(directory, index, TRAP_TABLE);
    }

    /** What an entry refers to, having replaced the common table of traps by a copy to write to. */
    private long[] ownCopy(long[] parent, int index, int common) {
        if (parent[index] == entry(common)) {
            tables.add(tables.get(common).clone());
            parent[index] = entry(tables.size() - 1);
        }
        return tables.get((int) (((parent[index] & ADDRESS) - base) / MemoryMap.PAGE));
    }

    private long entry(int table) {
        return base + (long) table * MemoryMap.PAGE | TABLE;
    }

    private static int index(long virtual, long span) {
        return (int) (virtual / span % ENTRIES);
    }

    /** How much memory the tables take. */
    long bytes() {
        return (long) tables.size() * MemoryMap.PAGE;
    }

    /** Writes them. */
    void writeTo(MemorySegment target) {
        for (int i = 0; i < tables.size(); i++) {
            MemorySegment.copy(tables.get(i), 0, target, JAVA_LONG, (long) i * MemoryMap.PAGE, ENTRIES);
        }
    }
}

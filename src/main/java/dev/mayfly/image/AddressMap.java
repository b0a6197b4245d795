package dev.mayfly.image;

import dev.mayfly.abi.MemoryMap;
import dev.mayfly.compiler.code.CodeMap.Site;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What is where in an image's code. It has a place for each instruction at which a function can stop, millions of them
 * in a large module, and is not read before something goes wrong: so it may be part of a mapped file.
 *
 * @param imports how many functions are imported
 * @param functions how many functions there are, with those
 * @param starts where each piece of code begins, in bytes from the start of the code: all functions in the order of
 *     their indices (of those that are imported, their stubs), entries, routines of the runtime
 * @param entries the functions that have an entry, in the order of the entries
 * @param sites of the instructions: their distance from the start of the code times four, plus the site's ordinal
 * @param positions where the WebAssembly instruction of each site begins, 4 bytes each
 */
record AddressMap(
        int imports, int functions, SortedInts starts, SortedInts entries, SortedInts sites, MemorySegment positions) {

    private static final int SITE_BITS = 2;
    private static final int SITE_MASK = (1 << SITE_BITS) - 1;

    AddressMap {
        boolean fits = imports >= 0
                && imports <= functions
                && starts.size() - functions >= entries.size()
                && positions.byteSize() == sites.segment().byteSize();
        if (!fits) {
            throw new IllegalArgumentException("the parts of a map do not fit together");
        }
    }

    long bytes() {
        return starts.segment().byteSize()
                + entries.segment().byteSize()
                + sites.segment().byteSize()
                + positions.byteSize();
    }

    /** How a site is written. The code is shorter than 1 GiB. */
    static int site(int offset, Site site) {
        return offset << SITE_BITS | site.ordinal();
    }

    /**
     * The address of the entry of a function.
     *
     * @throws IllegalArgumentException if it has none
     */
    long entry(int function) {
        int entry = entries.floor(function);
        if (entry < 0 || entries.get(entry) != function) {
            throw new IllegalArgumentException("function " + function + " has no entry");
        }
        return MemoryMap.IMAGE + starts.get(functions + entry);
    }

    /** Whether the instruction at an address accesses linear memory. */
    boolean isMemoryAccess(long address) {
        int index = find(address);
        return index >= 0 && (sites.get(index) & SITE_MASK) == Site.MEMORY_ACCESS.ordinal();
    }

    /** What the instruction at an address stems from; nothing if it is in a stub or a routine of the runtime. */
    Optional<CodePosition> position(long address) {
        int function = isCode(address) ? starts.floor(offset(address)) : -1;
        if (function < imports || function >= functions) {
            return Optional.empty();
        }
        int index = find(address);
        OptionalInt offset =
                index < 0 ? OptionalInt.empty() : OptionalInt.of(positions.getAtIndex(ValueLayout.JAVA_INT, index));
        return Optional.of(new CodePosition(function, offset));
    }

    /** The index of the site at an address; negative if there is none. */
    private int find(long address) {
        if (!isCode(address)) {
            return -1;
        }
        int index = sites.floor(offset(address) << SITE_BITS | SITE_MASK);
        return index >= 0 && sites.get(index) >>> SITE_BITS == offset(address) ? index : -1;
    }

    private static boolean isCode(long address) {
        return address >= MemoryMap.IMAGE && address < MemoryMap.IMAGE + MemoryMap.IMAGE_SPAN;
    }

    private static int offset(long address) {
        return (int) (address - MemoryMap.IMAGE);
    }
}

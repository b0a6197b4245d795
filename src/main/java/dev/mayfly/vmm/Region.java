package dev.mayfly.vmm;

import dev.mayfly.abi.MemoryMap;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * A part of an image.
 *
 * @param address where the guest sees it, a multiple of the page size
 * @param bytes how long it is, a positive multiple of the page size
 * @param permission what the guest may do with it
 * @param contents what it begins with, in ascending order; the rest is zero
 */
public record Region(long address, long bytes, Permission permission, List<Content> contents) {
    public Region {
        if (bytes <= 0 || (address | bytes) % MemoryMap.PAGE != 0) {
            throw new IllegalArgumentException("a region of " + bytes + " bytes at " + Long.toHexString(address)
                    + " does not consist of pages of " + MemoryMap.PAGE + " bytes");
        }
        contents = List.copyOf(contents);
        Content.requireWithin(contents, bytes);
    }

    /** A region that begins with a copy of some bytes. */
    public Region(long address, long bytes, Permission permission, MemorySegment content) {
        this(address, bytes, permission, Content.of(content));
    }

    long end() {
        return address + bytes;
    }
}

package dev.mayfly.image;

import dev.mayfly.abi.MemoryMap;
import dev.mayfly.vmm.Content;
import java.util.List;

/**
 * A stretch of pages and the address where the guest sees it.
 *
 * @param bytes how long it is, a positive multiple of the page size
 * @param contents what it begins with; the rest is zero
 */
public record Part(long address, long bytes, List<Content> contents) {
    public Part {
        if (bytes <= 0 || (address | bytes) % MemoryMap.PAGE != 0) {
            throw new IllegalArgumentException(bytes + " bytes at " + Long.toHexString(address) + " are not pages");
        }
        contents = List.copyOf(contents);
        Content.requireWithin(contents, bytes);
    }

    /** Behind its last page. */
    public long end() {
        return address + bytes;
    }
}

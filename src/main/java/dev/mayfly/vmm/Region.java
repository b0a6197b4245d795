package dev.mayfly.vmm;

import dev.mayfly.abi.MemoryMap;
import java.lang.foreign.MemorySegment;

/**
 * A part of an image.
 *
 * @param address where the guest sees it, a multiple of the page size
 * @param bytes how long it is, a positive multiple of the page size
 * @param permission what the guest may do with it
 * @param content what it begins with, for example bytes of a mapped file; the rest is zero. Copied when loaded.
 */
public record Region(long address, long bytes, Permission permission, MemorySegment content) {
    public Region {
        if (bytes <= 0 || (address | bytes) % MemoryMap.PAGE != 0) {
            throw new IllegalArgumentException("a region of " + bytes + " bytes at " + Long.toHexString(address)
                    + " does not consist of pages of " + MemoryMap.PAGE + " bytes");
        }
        if (content.byteSize() > bytes) {
            throw new IllegalArgumentException(
                    "a region of " + bytes + " bytes cannot hold " + content.byteSize() + " bytes");
        }
    }

    long end() {
        return address + bytes;
    }
}

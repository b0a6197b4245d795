package dev.mayfly.vmm;

import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * An image's linear memory, at {@link dev.mayfly.abi.MemoryMap#LINEAR_MEMORY}.
 *
 * @param initialBytes its size at first, a multiple of 64 KiB
 * @param limitBytes how far it may grow, a multiple of 64 KiB, at most 4 GiB
 * @param contents what it begins with, in ascending order; the rest is zero
 */
public record LinearMemory(long initialBytes, long limitBytes, List<Content> contents) {

    /** Of a page of WebAssembly. */
    public static final int PAGE = 1 << 16;

    /** What 32 bits can address. */
    public static final long MAXIMUM = 1L << 32;

    /** No memory at all. */
    public static final LinearMemory NONE = new LinearMemory(0, 0, List.of());

    public LinearMemory {
        if (initialBytes < 0 || initialBytes > limitBytes || limitBytes > MAXIMUM) {
            throw new IllegalArgumentException(
                    "linear memory cannot begin with " + initialBytes + " bytes and be limited to " + limitBytes);
        }
        if ((initialBytes | limitBytes) % PAGE != 0) {
            throw new IllegalArgumentException("linear memory does not consist of pages of 64 KiB: " + initialBytes
                    + " bytes of at most " + limitBytes);
        }
        contents = List.copyOf(contents);
        Content.requireWithin(contents, initialBytes);
    }
    /** Memory that begins with a copy of some bytes. */
    public LinearMemory(long initialBytes, long limitBytes, MemorySegment content) {
        this(initialBytes, limitBytes, Content.of(content));
    }
}

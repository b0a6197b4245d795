package dev.mayfly.wasi;

import java.lang.foreign.MemorySegment;

/** Gives access to a guest's linear memory. Engines implement it; only {@link GuestMemory} uses what it returns. */
@FunctionalInterface
public interface LinearMemory {

    /**
     * The memory in its current size. A memory only grows, and does so in place: a segment that was returned before
     * stays a valid view of the memory's beginning for as long as the instance lives.
     */
    MemorySegment segment();
}

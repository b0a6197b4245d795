package dev.mayfly.image;

import dev.mayfly.vmm.Content;
import dev.mayfly.vmm.LinearMemory;
import java.util.List;

/**
 * Linear memory as an instance finds it.
 *
 * @param initialBytes its size
 * @param maximumBytes how far the module lets it grow, at most 4 GiB
 * @param contents what is in it; the rest is zero
 */
record InitialMemory(long initialBytes, long maximumBytes, List<Content> contents) {
    InitialMemory {
        boolean possible = initialBytes >= 0 && initialBytes <= maximumBytes && maximumBytes <= LinearMemory.MAXIMUM;
        if (!possible || (initialBytes | maximumBytes) % LinearMemory.PAGE != 0) {
            throw new IllegalArgumentException(
                    "memory cannot begin with " + initialBytes + " bytes and grow to " + maximumBytes);
        }
        contents = List.copyOf(contents);
        Content.requireWithin(contents, initialBytes);
    }
}

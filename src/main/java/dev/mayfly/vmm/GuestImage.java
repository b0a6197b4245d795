package dev.mayfly.vmm;

import dev.mayfly.abi.Context;
import dev.mayfly.abi.MemoryMap;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongPredicate;

/**
 * What an instance begins as.
 *
 * @param regions code, constants and data, in any order, between {@link MemoryMap#IMAGE} and the stack's guard
 * @param context where the {@link Context} begins, within data; what it says of the size of memory is up to whoever made
 *     the image
 * @param stackBytes of the stack, which ends at {@link MemoryMap#STACK_TOP}; a positive multiple of the page size
 * @param memory linear memory
 * @param memoryAccesses whether the instruction at an address is one that accesses linear memory; if it faults, it
 *     was out of bounds, and if another does, the stack has overflowed
 */
public record GuestImage(
        List<Region> regions, long context, long stackBytes, LinearMemory memory, LongPredicate memoryAccesses) {

    public GuestImage {
        regions = regions.stream()
                .sorted(Comparator.comparingLong(Region::address))
                .toList();
        if (stackBytes <= 0 || stackBytes % MemoryMap.PAGE != 0 || stackBytes > MemoryMap.IMAGE_SPAN / 2) {
            throw new IllegalArgumentException("a stack of " + stackBytes + " bytes is not possible");
        }
        requireApart(regions, MemoryMap.STACK_TOP - stackBytes - MemoryMap.STACK_GUARD);
        requireContext(regions, context);
    }

    private static void requireApart(List<Region> regions, long end) {
        long free = MemoryMap.IMAGE;
        for (Region region : regions) {
            if (region.address() < free || region.bytes() > end - region.address()) {
                throw new IllegalArgumentException("the region at " + Long.toHexString(region.address())
                        + " overlaps another, or lies outside of the image");
            }
            free = region.end();
        }
    }

    private static void requireContext(List<Region> regions, long context) {
        boolean fits = regions.stream()
                .anyMatch(r -> r.permission() == Permission.DATA
                        && context % Long.BYTES == 0
                        && context >= r.address()
                        && context <= r.end() - Context.GLOBALS);
        if (!fits) {
            throw new IllegalArgumentException("the context at " + Long.toHexString(context) + " is not within data");
        }
    }

    /** The lowest address of the stack. */
    long stackBottom() {
        return MemoryMap.STACK_TOP - stackBytes;
    }
}

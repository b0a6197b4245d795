package dev.mayfly.vmm;

import dev.mayfly.abi.Context;
import dev.mayfly.abi.MemoryMap;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * The smallest guest there can be, which returns at once. A hypervisor that can be opened may still be one that no guest of
 * ours gets anywhere on, and it is better to know that before functions do.
 */
final class Trial {

    private static final byte[] RETURN = {(byte) 0xC3};
    private static final long CONTEXT = MemoryMap.IMAGE + MemoryMap.PAGE;

    private Trial() {}

    /**
     * Runs it on the current thread, twice, since the second instance finds what the first has left.
     *
     * @throws VmmException if it does not do as it should
     */
    static void run(Hypervisor hypervisor) throws VmmException {
        LoadedImage image = hypervisor.load(image());
        try (Slot slot = hypervisor.openSlot(SlotOptions.DEFAULT)) {
            runOnce(slot, image);
            runOnce(slot, image);
        } finally {
            image.close();
        }
    }

    private static void runOnce(Slot slot, LoadedImage image) throws VmmException {
        try (Prepared instance = slot.prepare(image)) {
            Ending ending = instance.run(MemoryMap.IMAGE, (call, memory) -> Hypercalls.Next.STOP)
                    .ending();
            if (!ending.equals(new Ending.Exited())) {
                throw new VmmException("a guest that only returns ended by " + ending);
            }
        }
    }

    private static GuestImage image() {
        MemorySegment context = MemorySegment.ofArray(new long[Context.GLOBALS / Long.BYTES]);
        return new GuestImage(
                List.of(
                        new Region(MemoryMap.IMAGE, MemoryMap.PAGE, Permission.CODE, MemorySegment.ofArray(RETURN)),
                        new Region(CONTEXT, MemoryMap.PAGE, Permission.DATA, context)),
                CONTEXT,
                MemoryMap.PAGE,
                LinearMemory.NONE,
                instruction -> false);
    }
}

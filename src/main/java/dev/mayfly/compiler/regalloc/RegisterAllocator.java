package dev.mayfly.compiler.regalloc;

import org.jspecify.annotations.Nullable;

/**
 * Decides for each virtual register which physical register, or spill slot, holds it at each moment:
 *
 * <ol>
 *   <li>{@link LiveIntervals}: when each is alive;
 *   <li>{@link LinearScan}: a register or the stack for each part of its life;
 *   <li>{@link SlotColoring}: values that do not live at the same time share a slot;
 *   <li>{@link Resolution}: the moves that connect the parts, within blocks and across edges, and block arguments.
 * </ol>
 */
public final class RegisterAllocator {

    private final RegisterFile file;

    public RegisterAllocator(RegisterFile file) {
        this.file = file;
    }

    public Allocation allocate(Function function) {
        CodeOrder order = new CodeOrder(function);
        @Nullable Interval[] intervals = LiveIntervals.of(function, order);
        long usedRegisters = new LinearScan(function, order, file, intervals).run();
        SlotColoring slots = new SlotColoring(intervals);
        return new Resolution(order, intervals, slots, file).allocation(usedRegisters);
    }
}

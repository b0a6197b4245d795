package dev.mayfly.compiler.x64;

import dev.mayfly.abi.MemoryMap;
import dev.mayfly.compiler.Backend;
import dev.mayfly.compiler.code.CompiledFunction;
import dev.mayfly.compiler.regalloc.Allocation;
import dev.mayfly.compiler.regalloc.RegisterAllocator;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.wasm.ModuleLimitException;

/** From SSA form to machine code for x86-64, which must be placed at a multiple of 16. */
public final class X64Backend implements Backend {

    /** Of one call. A frame must not reach over the stack's guard, and what it calls pushes a little more. */
    private static final long FRAME_BYTES = MemoryMap.STACK_GUARD / 2;

    private final CpuFeatures features;
    private final RegisterAllocator allocator = new RegisterAllocator(Registers.FILE);

    public X64Backend(CpuFeatures features) {
        this.features = features;
    }

    @Override
    public CompiledFunction generate(Function function) throws ModuleLimitException {
        MachineFunction machine = Lowering.lower(function, features);
        Allocation allocation = allocator.allocate(machine);
        long frame = (allocation.slotCount() + (long) machine.outgoingSlots()) * Emission.SLOT_BYTES;
        if (frame > FRAME_BYTES) {
            int entry = function.blocks().firstInstruction(Function.ENTRY);
            throw new ModuleLimitException(
                    "frameBytes", FRAME_BYTES, frame, function.instructions().position(entry));
        }
        return Emission.emit(function.name(), machine, allocation);
    }
}

package dev.mayfly.compiler.x64;

import dev.mayfly.compiler.code.CompiledFunction;
import dev.mayfly.compiler.regalloc.RegisterAllocator;
import dev.mayfly.compiler.ssa.Function;

/** From SSA form to machine code. It has no state of its own, so any number of threads may use it. */
public final class Backend {

    private final CpuFeatures features;
    private final RegisterAllocator allocator = new RegisterAllocator(Registers.FILE);

    public Backend(CpuFeatures features) {
        this.features = features;
    }

    /** Compiles a function, which stays as it is. The code must be placed at a multiple of 16. */
    public CompiledFunction compile(Function function) {
        MachineFunction machine = Lowering.lower(function, features);
        return Emission.emit(function.name(), machine, allocator.allocate(machine));
    }
}

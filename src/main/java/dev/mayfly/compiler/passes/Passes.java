package dev.mayfly.compiler.passes;

import dev.mayfly.compiler.ssa.Function;
import java.util.List;

/** The passes in the order in which they are run on every function. */
public final class Passes {

    /** All passes. A new one gets its place, and the reason for it, here. */
    public static final List<Pass> ALL = List.of(
            // The frontend gives blocks more parameters than they need; fewer values make everything else better.
            new RedundantParameters(),
            // May find that a branch always goes one way, so what it cuts off is removed next.
            new Simplification(),
            new DeadBlocks(),
            // Cut-off edges leave parameters with one argument.
            new RedundantParameters(),
            new StraightLines(),
            // A quotient and a remainder by the same constant begin with the same steps, which merge next.
            new ConstantDivisors(),
            new CommonSubexpressions(),
            // Compares addresses, so equal ones must be one value by now.
            new RedundantLoads(),
            // Here: loop-invariant code motion, which needs the equal computations gone.
            // After everything that leaves values unused.
            new DeadCode(),
            // What follows changes only the shape, for the register allocator and the order of the code.
            new CriticalEdges(),
            new BlockOrder());

    private Passes() {}

    public static void run(Function function) {
        for (Pass pass : ALL) {
            pass.run(function);
        }
    }
}

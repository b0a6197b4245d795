package dev.mayfly.compiler;

import dev.mayfly.compiler.passes.Pass;
import dev.mayfly.compiler.passes.Passes;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.FunctionPrinter;
import dev.mayfly.compiler.ssa.Verifier;

/** Runs the passes, with what the debug switches ask for in between. */
final class Optimizer {

    private Optimizer() {}

    static void run(Function function) {
        inspect(function, "Frontend");
        for (Pass pass : Passes.ALL) {
            pass.run(function);
            inspect(function, pass.name());
        }
    }

    @SuppressWarnings("SystemOut") // A developer asked for it, at a switch.
    private static void inspect(Function function, String phase) {
        if (Debug.DUMP.equals(function.name())) {
            System.err.println("; behind " + phase + "\n" + FunctionPrinter.printWithPositions(function));
        }
        if (Debug.VERIFY) {
            Verifier.verify(function);
        }
    }
}

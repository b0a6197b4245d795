package dev.mayfly.compiler.passes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.FunctionParser;
import dev.mayfly.compiler.ssa.FunctionPrinter;
import dev.mayfly.compiler.ssa.Verifier;

/** Compares a function's text before and behind a pass. */
final class PassTester {

    private PassTester() {}

    static void check(Pass pass, String before, String after) {
        Function function = FunctionParser.parse(before);
        Verifier.verify(function);
        pass.run(function);
        assertThat(FunctionPrinter.print(function)).isEqualTo(after);
        Verifier.verify(function);
    }
}

package dev.mayfly.compiler.interpreter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.compiler.passes.Pass;
import dev.mayfly.compiler.passes.Passes;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.Verifier;
import dev.mayfly.wasm.spec.SpecScript;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * What the frontend makes of the official test scripts computes what the scripts say, before and after the passes; and
 * it keeps the rules of the representation after each. A ratchet: nothing may fail, and no command may drop out
 * unnoticed.
 */
class SpecScriptExecutionTest {

    private static final int COMMANDS = 25_241;

    @Test
    void translatedFunctionsDoWhatTheScriptsSay() throws IOException {
        runAll(SpecScriptExecutionTest::verified);
    }

    @Test
    void optimizedFunctionsDoWhatTheScriptsSay() throws IOException {
        runAll(SpecScriptExecutionTest::optimized);
    }

    private static Function verified(Function function) {
        Verifier.verify(function);
        return function;
    }

    private static Function optimized(Function function) {
        for (Pass pass : Passes.ALL) {
            pass.run(function);
            Verifier.verify(function);
        }
        return function;
    }

    private static void runAll(UnaryOperator<Function> optimizer) throws IOException {
        int passed = 0;
        List<String> failures = new ArrayList<>();
        for (SpecScript script : SpecScript.all()) {
            if (script.name().startsWith("simd")) {
                continue;
            }
            ScriptRunner runner = new ScriptRunner(script, script.convert(), optimizer);
            runner.run();
            passed += runner.passed();
            failures.addAll(runner.failures());
        }
        assertThat(failures).isEmpty();
        assertThat(passed).isGreaterThanOrEqualTo(COMMANDS);
    }
}

package dev.mayfly.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.wabt.Wat2Wasm;
import dev.mayfly.compiler.code.CodeMap;
import dev.mayfly.compiler.code.CompiledFunction;
import dev.mayfly.compiler.frontend.Frontend;
import dev.mayfly.compiler.ssa.FunctionPrinter;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.UnsupportedModuleException;
import dev.mayfly.wasm.binary.BinaryLimits;
import dev.mayfly.wasm.validation.ModuleValidator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CompilerTest {

    private final ExecutorService executor = Executors.newFixedThreadPool(4);

    /** Its code is the function's text. */
    private static final Backend TEXT = function -> new CompiledFunction(
            function.name(),
            FunctionPrinter.print(function).getBytes(StandardCharsets.UTF_8),
            List.of(),
            new CodeMap.Builder().build());

    @AfterEach
    void stop() {
        executor.shutdownNow();
    }

    private List<String> compile(Backend backend, String wat)
            throws IOException, ModuleException, InterruptedException {
        byte[] binary = Wat2Wasm.parse(wat);
        Module module =
                new ModuleValidator().validate(new ByteArrayInputStream(binary)).module();
        Compiler compiler = new Compiler(backend, BinaryLimits.DEFAULT, Frontend.BLOCK_ARGUMENTS, executor, 4);
        return compiler
                .compile(module, (offset, size) -> Arrays.copyOfRange(binary, (int) offset, (int) offset + size))
                .stream()
                .map(function -> new String(function.code(), StandardCharsets.UTF_8))
                .toList();
    }

    private static String functions(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "(func (param i32) (result i32) (i32.add (local.get 0) (i32.const " + i + ")))")
                .collect(Collectors.joining("\n", "(module (import \"a\" \"b\" (func)) ", ")"));
    }

    @Test
    void functionsComeInTheOrderOfTheModuleWhoeverCompiledThem() throws Exception {
        List<String> compiled = compile(TEXT, functions(500));

        assertThat(compiled).hasSize(500);
        for (int i = 1; i < 500; i++) {
            assertThat(compiled.get(i))
                    .startsWith("function function[" + (i + 1) + "]")
                    .contains("const " + i + "\n");
        }
        assertThat(compile(TEXT, functions(500))).isEqualTo(compiled);
    }

    @Test
    void aModuleWithoutFunctionsHasNoCode() throws Exception {
        assertThat(compile(TEXT, "(module)")).isEmpty();
    }

    @Test
    void theFirstFunctionThatFailsIsTheOneReported() {
        Backend failing = function -> {
            if (function.name().matches("function.[1-4]..]")) {
                throw new IllegalStateException(function.name());
            }
            return TEXT.generate(function);
        };

        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> compile(failing, functions(500)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("function[100]");
        }
    }

    @Test
    void whatCannotBeCompiledSaysSo() {
        assertThatThrownBy(() -> compile(TEXT, "(module (func) (func (local v128)))"))
                .isInstanceOf(UnsupportedModuleException.class);
    }

    @Test
    void anErrorInAWorkerReachesTheCaller() {
        Backend broken = function -> {
            throw new AssertionError("bug");
        };

        assertThatThrownBy(() -> compile(broken, functions(3)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("bug");
    }

    @Test
    void anInterruptEndsTheWait() {
        Thread caller = Thread.currentThread();
        AtomicBoolean interrupted = new AtomicBoolean();
        Backend slow = function -> {
            if (interrupted.compareAndSet(false, true)) {
                caller.interrupt();
            }
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return TEXT.generate(function);
        };

        assertThatThrownBy(() -> compile(slow, functions(3))).isInstanceOf(InterruptedException.class);
    }
}

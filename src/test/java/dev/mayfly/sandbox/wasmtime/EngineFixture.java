package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.EntryPoint;
import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.sandbox.Execution;
import dev.mayfly.sandbox.InstanceLimits;
import dev.mayfly.sandbox.InstanceSpec;
import dev.mayfly.sandbox.InstanceThread;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.sandbox.WasmValue;
import dev.mayfly.testsupport.CapturedOutput;
import dev.mayfly.testsupport.Wat;
import dev.mayfly.wasi.GuestInput;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** An engine, threads to run instances on, and short ways to run one. */
final class EngineFixture implements AutoCloseable {

    static final InstanceLimits LIMITS = new InstanceLimits(160, 10_000, 512 << 10);

    private final WasmtimeEngine engine;
    private final ExecutorService threads = Executors.newCachedThreadPool(InstanceThread.factory("test-slot-"));

    EngineFixture() {
        this(WasmtimeSettings.DEFAULT);
    }

    EngineFixture(WasmtimeSettings settings) {
        try {
            engine = WasmtimeEngine.create(settings, InstantSource.system());
        } catch (EngineException e) {
            throw new IllegalStateException(e);
        }
    }

    WasmtimeEngine engine() {
        return engine;
    }

    ExecutableModule compile(String text) {
        return compile(Wat.toBinary(text), LIMITS);
    }

    ExecutableModule compile(byte[] binary, InstanceLimits limits) {
        try {
            Path file = Files.createTempFile("module", ".wasm");
            try {
                Files.write(file, binary);
                return engine.compile(Wat.decode(binary), file, limits);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (EngineException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Compiles and runs a command and closes it. */
    Outcome command(String text) {
        try (ExecutableModule module = compile(text)) {
            return run(
                            module,
                            command(GuestInput.empty(), new CapturedOutput()),
                            Interruption.after(Duration.ofSeconds(60)))
                    .outcome();
        }
    }

    /** Compiles a module, calls one of its functions in a reactor, and closes it. */
    Outcome call(String text, String export, WasmValue... arguments) {
        try (ExecutableModule module = compile(text)) {
            return run(module, reactor(export, arguments), Interruption.after(Duration.ofSeconds(60)))
                    .outcome();
        }
    }

    static InstanceSpec command(GuestInput stdin, CapturedOutput stdout) {
        return new InstanceSpec(
                new EntryPoint.Command(), List.of("program"), Map.of(), stdin, stdout, new CapturedOutput());
    }

    static InstanceSpec reactor(String export, WasmValue... arguments) {
        return new InstanceSpec(
                new EntryPoint.Reactor(export, List.of(arguments)),
                List.of("program"),
                Map.of(),
                GuestInput.empty(),
                new CapturedOutput(),
                new CapturedOutput());
    }

    Execution run(ExecutableModule module, InstanceSpec spec, Interruption interruption) {
        try {
            return start(module, spec, interruption).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    Future<Execution> start(ExecutableModule module, InstanceSpec spec, Interruption interruption) {
        return threads.submit(() -> module.run(spec, interruption));
    }

    <T> T onInstanceThread(Callable<T> task) throws Exception {
        return threads.submit(task).get();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        engine.close();
    }
}

package dev.mayfly.sandbox;

import dev.mayfly.testsupport.CapturedOutput;
import dev.mayfly.testsupport.Wat;
import dev.mayfly.wasi.GuestInput;
import dev.mayfly.wasm.ModuleException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** An engine, threads to run instances on, and short ways to run one. */
public final class EngineFixture implements AutoCloseable {

    public static final InstanceLimits LIMITS = new InstanceLimits(160, 10_000, 512 << 10);

    private final Engine engine;
    private final ExecutorService threads = Executors.newCachedThreadPool(InstanceThread.factory("test-slot-"));

    public EngineFixture(Engine engine) {
        this.engine = engine;
    }

    public Engine engine() {
        return engine;
    }

    public ExecutableModule compile(String text) {
        return compile(Wat.toBinary(text), LIMITS);
    }

    public ExecutableModule compile(byte[] binary, InstanceLimits limits) {
        try {
            Path file = Files.createTempFile("module", ".wasm");
            try {
                Files.write(file, binary);
                return engine.compile(Wat.decode(binary), new ModuleBinary(file, digest(binary)), limits);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (ModuleException | EngineException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Compiles and runs a command and closes it. */
    public Outcome command(String text) {
        try (ExecutableModule module = compile(text)) {
            return run(
                            module,
                            command(GuestInput.empty(), new CapturedOutput()),
                            Interruption.after(Duration.ofSeconds(60)))
                    .outcome();
        }
    }

    /** Compiles a module, calls one of its functions in a reactor, and closes it. */
    public Outcome call(String text, String export, WasmValue... arguments) {
        try (ExecutableModule module = compile(text)) {
            return run(module, reactor(export, arguments), Interruption.after(Duration.ofSeconds(60)))
                    .outcome();
        }
    }

    public static InstanceSpec command(GuestInput stdin, CapturedOutput stdout) {
        return new InstanceSpec(
                new EntryPoint.Command(), List.of("program"), Map.of(), stdin, stdout, new CapturedOutput());
    }

    public static InstanceSpec reactor(String export, WasmValue... arguments) {
        return new InstanceSpec(
                new EntryPoint.Reactor(export, List.of(arguments)),
                List.of("program"),
                Map.of(),
                GuestInput.empty(),
                new CapturedOutput(),
                new CapturedOutput());
    }

    public Execution run(ExecutableModule module, InstanceSpec spec, Interruption interruption) {
        try {
            return start(module, spec, interruption).get();
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    public Future<Execution> start(ExecutableModule module, InstanceSpec spec, Interruption interruption) {
        return threads.submit(() -> module.run(spec, interruption));
    }

    public <T> T onInstanceThread(Callable<T> task) throws Exception {
        return threads.submit(task).get();
    }

    private static String digest(byte[] binary) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(binary));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
        engine.close();
    }
}

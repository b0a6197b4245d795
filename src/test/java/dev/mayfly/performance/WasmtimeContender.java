package dev.mayfly.performance;

import dev.mayfly.sandbox.EntryPoint;
import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.sandbox.InstanceLimits;
import dev.mayfly.sandbox.InstanceSpec;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.ModuleBinary;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.sandbox.WasmValue;
import dev.mayfly.sandbox.wasmtime.WasmtimeEngine;
import dev.mayfly.sandbox.wasmtime.WasmtimeSettings;
import dev.mayfly.testsupport.CapturedOutput;
import dev.mayfly.testsupport.Wat;
import dev.mayfly.wasi.GuestInput;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** The Wasmtime engine as the platform sets it up, with a fresh instance for each run. */
final class WasmtimeContender implements Contender {

    private static final InstanceLimits LIMITS = new InstanceLimits(1024, 10_000, 512 << 10);

    private final WasmtimeEngine engine;
    private final ExecutableModule module;

    WasmtimeContender(Path binary) throws Exception {
        engine = WasmtimeEngine.create(WasmtimeSettings.DEFAULT, InstantSource.system());
        module = engine.compile(Wat.decode(Files.readAllBytes(binary)), new ModuleBinary(binary, ""), LIMITS);
    }

    @Override
    public long run(int amount) throws Exception {
        InstanceSpec spec = new InstanceSpec(
                new EntryPoint.Reactor("run", List.of(new WasmValue.I32(amount))),
                List.of("program"),
                Map.of(),
                GuestInput.empty(),
                new CapturedOutput(),
                new CapturedOutput());
        Outcome outcome =
                module.run(spec, Interruption.after(Duration.ofSeconds(60))).outcome();
        if (outcome instanceof Outcome.Returned(var results) && results.getFirst() instanceof WasmValue.I64(long sum)) {
            return sum;
        }
        throw new IllegalStateException(outcome.toString());
    }

    @Override
    public void close() {
        module.close();
        engine.close();
    }
}

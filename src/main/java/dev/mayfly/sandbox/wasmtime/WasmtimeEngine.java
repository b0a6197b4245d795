package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.sandbox.Engine;
import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.sandbox.InstanceLimits;
import dev.mayfly.sandbox.ModuleBinary;
import dev.mayfly.wasm.Module;
import java.io.IOException;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/** Runs guests in this process with Wasmtime 7.0.1. See {@code docs/sandbox.md} for what it promises. */
public final class WasmtimeEngine implements Engine {

    private final WasmtimeSettings settings;
    private final InstantSource wallClock;
    private final RandomGenerator random = new SecureRandom();
    private final DeadlineTicker ticker = new DeadlineTicker();

    private WasmtimeEngine(WasmtimeSettings settings, InstantSource wallClock) {
        this.settings = settings;
        this.wallClock = wallClock;
    }

    /**
     * Loads the native library and makes an engine.
     *
     * @param wallClock what guests read the time of day from
     * @throws EngineException if there is no native library for this platform, or it cannot be loaded
     */
    public static WasmtimeEngine create(WasmtimeSettings settings, InstantSource wallClock) throws EngineException {
        NativeLibrary.load();
        return new WasmtimeEngine(settings, wallClock);
    }

    @Override
    public String name() {
        return "wasmtime";
    }

    @Override
    public ExecutableModule compile(Module module, ModuleBinary binary, InstanceLimits limits) throws EngineException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(binary.file());
        } catch (IOException e) {
            throw new EngineException("the module's file cannot be read", e);
        }
        ModulePatch patch = ModulePatch.of(module, bytes, limits);
        CompiledModule code = CompiledModule.compile(module, patch, limits, settings);
        return new WasmtimeModule(code, GuestProgram.of(module, patch), this);
    }

    @Override
    public void close() {
        ticker.close();
    }

    WasmtimeSettings settings() {
        return settings;
    }

    InstantSource wallClock() {
        return wallClock;
    }

    RandomGenerator random() {
        return random;
    }

    DeadlineTicker ticker() {
        return ticker;
    }
}

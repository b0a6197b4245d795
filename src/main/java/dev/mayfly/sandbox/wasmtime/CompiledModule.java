package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.InstanceLimits;
import dev.mayfly.sandbox.SystemCallImports;
import dev.mayfly.wasi.SystemCall;
import io.github.kawamuray.wasmtime.Config;
import io.github.kawamuray.wasmtime.Engine;
import io.github.kawamuray.wasmtime.Module;
import io.github.kawamuray.wasmtime.OptLevel;
import java.util.List;

/**
 * The native side of a compiled module: a Wasmtime engine of its own, because stack limit and epoch are per engine and
 * one costs little (15 µs), with the guest's code and the code of its system call stubs.
 *
 * @param launchers what enters the guest
 * @param imports the system call behind each of the guest's imports, in order
 */
record CompiledModule(Engine engine, Module guest, Module stubs, Launchers launchers, List<SystemCall> imports)
        implements AutoCloseable {

    /** What Wasmtime reserves for a memory, so that none ever moves. */
    private static final long MEMORY_RESERVATION_BYTES = 1L << 32;

    static CompiledModule compile(
            dev.mayfly.wasm.Module module, ModulePatch patch, InstanceLimits limits, WasmtimeSettings settings)
            throws EngineException {
        List<SystemCall> imports = SystemCallImports.of(module);
        try (Config config = config(limits)) {
            Engine engine = new Engine(config);
            try {
                Module guest = Module.fromBinary(engine, patch.bytes());
                Module stubs = Module.fromBinary(
                        engine,
                        SystemCallStubs.module(imports.stream().distinct().toList()));
                Launchers launchers = new Launchers(engine, settings.backtraces());
                return new CompiledModule(engine, guest, stubs, launchers, imports);
            } catch (RuntimeException e) {
                engine.dispose();
                throw e;
            }
        } catch (RuntimeException e) {
            throw new EngineException("Wasmtime cannot compile the module", e);
        }
    }

    private static Config config(InstanceLimits limits) {
        return new Config()
                .epochInterruption(true)
                .maxWasmStack(limits.stackBytes())
                .staticMemoryMaximumSize(MEMORY_RESERVATION_BYTES)
                .craneliftOptLevel(OptLevel.SPEED)
                .wasmBulkMemory(true)
                .wasmMultiValue(true)
                .wasmReferenceTypes(true)
                .wasmSimd(true)
                .wasmThreads(false);
    }

    @Override
    public void close() {
        launchers.close();
        stubs.dispose();
        guest.dispose();
        engine.dispose();
    }
}

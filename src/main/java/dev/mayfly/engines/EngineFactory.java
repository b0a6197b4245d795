package dev.mayfly.engines;

import dev.mayfly.engines.EngineProperties.MicroVm;
import dev.mayfly.engines.EngineProperties.Sandbox;
import dev.mayfly.sandbox.Engine;
import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.microvm.MicroVmSettings;
import dev.mayfly.sandbox.microvm.MicroVmUnavailableException;
import dev.mayfly.sandbox.wasmtime.WasmtimeEngine;
import dev.mayfly.sandbox.wasmtime.WasmtimeSettings;
import dev.mayfly.vmm.SlotOptions;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** Makes the engine that is asked for, out of what the machine can do. */
final class EngineFactory {

    private static final Logger log = LoggerFactory.getLogger(EngineFactory.class);

    private final EngineProperties properties;
    private final Path images;
    private final MicroVms microVms;

    /**
     * Makes a factory.
     *
     * @param images the directory where compiled modules are kept
     */
    EngineFactory(EngineProperties properties, Path images, MicroVms microVms) {
        this.properties = properties;
        this.images = images;
        this.microVms = microVms;
    }

    /** Opens the micro-VM engine. */
    interface MicroVms {
        Engine open(MicroVmSettings settings, InstantSource wallClock)
                throws MicroVmUnavailableException, EngineException;
    }

    /**
     * Makes it.
     *
     * @throws InvalidConfigurationPropertyValueException if what is asked for cannot be
     */
    Engine make() throws EngineException {
        return switch (properties.engine()) {
            case WASMTIME -> wasmtime();
            case MICROVM -> requiredMicroVm();
            case AUTO -> strongest();
        };
    }

    private Engine requiredMicroVm() throws EngineException {
        try {
            return microVmWithFallback();
        } catch (MicroVmUnavailableException e) {
            throw new InvalidConfigurationPropertyValueException(
                    "mayfly.engine",
                    "microvm",
                    "Micro-VMs cannot be used here: " + e.getMessage()
                            + ". Or allow weaker isolation with 'auto' or 'wasmtime'.");
        }
    }

    private Engine strongest() throws EngineException {
        try {
            return microVmWithFallback();
        } catch (MicroVmUnavailableException e) {
            log.warn("No hypervisor isolates instances, they run in this process: {}", e.getMessage());
            return wasmtime();
        }
    }

    private Engine microVmWithFallback() throws EngineException, MicroVmUnavailableException {
        Engine microVm = microVm();
        return properties.sandbox().fallback() == Sandbox.Fallback.WASMTIME
                ? new FallbackEngine(microVm, wasmtime())
                : microVm;
    }

    private Engine microVm() throws MicroVmUnavailableException, EngineException {
        return microVms.open(microVmSettings(), InstantSource.system());
    }

    private MicroVmSettings microVmSettings() {
        MicroVm microVm = properties.microvm();
        boolean reuse = properties.sandbox().reuse() == Sandbox.Reuse.RESET;
        int compilerThreads = Objects.requireNonNullElseGet(
                microVm.compilerThreads(), () -> Runtime.getRuntime().availableProcessors());
        return new MicroVmSettings(
                new SlotOptions(reuse, microVm.retainedMemory().toBytes()),
                microVm.idleMachines(),
                microVm.idleTimeout(),
                compilerThreads,
                Optional.of(new MicroVmSettings.Images(images, microVm.images().toBytes())));
    }

    private WasmtimeEngine wasmtime() throws EngineException {
        EngineProperties.Wasmtime wasmtime = properties.wasmtime();
        return WasmtimeEngine.create(
                new WasmtimeSettings(wasmtime.maxSystemCalls(), wasmtime.backtraces()), InstantSource.system());
    }
}

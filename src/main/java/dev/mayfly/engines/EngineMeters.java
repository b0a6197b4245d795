package dev.mayfly.engines;

import dev.mayfly.image.ImageStore;
import dev.mayfly.sandbox.Engine;
import dev.mayfly.sandbox.microvm.MicroVmEngine;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

/** What operators can see of the engine. */
final class EngineMeters implements MeterBinder {

    private final Engine engine;

    EngineMeters(Engine engine) {
        this.engine = engine;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        switch (engine) {
            case MicroVmEngine microVm -> bind(microVm, registry);
            case FallbackEngine both -> new EngineMeters(both.preferred()).bindTo(registry);
            default -> {}
        }
    }

    private static void bind(MicroVmEngine engine, MeterRegistry registry) {
        machines(engine, "running", MicroVmEngine::machinesInUse, registry);
        machines(engine, "idle", MicroVmEngine::idleMachines, registry);
        images(engine, "opened", ImageStore.Statistics::opened, registry);
        images(engine, "built", ImageStore.Statistics::built, registry);
        images(engine, "damaged", ImageStore.Statistics::damaged, registry);
    }

    private static void machines(
            MicroVmEngine engine, String state, ToIntFunction<MicroVmEngine> count, MeterRegistry registry) {
        Gauge.builder("mayfly.microvm.machines", engine, count::applyAsInt)
                .description("Virtual machines that run an instance, or wait for the next one of their module")
                .tag("state", state)
                .register(registry);
    }

    private static void images(
            MicroVmEngine engine, String how, ToLongFunction<ImageStore.Statistics> count, MeterRegistry registry) {
        FunctionCounter.builder("mayfly.microvm.images", engine, asked -> asked.images()
                        .map(count::applyAsLong)
                        .orElse(0L))
                .description("Compiled modules that were found on disk, made, or found damaged")
                .tag("how", how)
                .register(registry);
    }
}

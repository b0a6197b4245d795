package dev.mayfly.invocations;

import dev.mayfly.archives.Archiver;
import dev.mayfly.artifacts.ExecutableModules;
import dev.mayfly.disks.DiskLayers;
import dev.mayfly.functions.FunctionCatalog;
import dev.mayfly.invocations.records.InvocationIds;
import dev.mayfly.invocations.records.InvocationListener;
import dev.mayfly.invocations.streams.BufferBudget;
import dev.mayfly.roles.ConditionalOnRole;
import dev.mayfly.roles.NodeRole;
import dev.mayfly.sandbox.CpuTimer;
import dev.mayfly.sandbox.Engine;
import dev.mayfly.scheduling.NanoClock;
import dev.mayfly.scheduling.Scheduler;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires invoking into the application. */
@Configuration(proxyBeanMethods = false)
class InvocationConfiguration {

    @Bean
    @ConditionalOnRole({NodeRole.ALL, NodeRole.CONTROL_PLANE})
    InvocationMetrics invocationMetrics(
            MeterRegistry registry, @Value("${mayfly.metrics.max-functions:200}") int maxFunctions) {
        return new InvocationMetrics(registry, maxFunctions);
    }

    @Bean
    @ConditionalOnRole({NodeRole.ALL, NodeRole.CONTROL_PLANE})
    MetricsSweeper metricsSweeper(InvocationMetrics metrics, FunctionCatalog catalog) {
        return new MetricsSweeper(metrics, catalog);
    }

    @Bean
    BufferBudget bufferBudget(InvocationProperties properties, MeterRegistry registry) {
        BufferBudget buffers =
                new BufferBudget(properties.bufferMemory(Runtime.getRuntime().maxMemory()));
        Gauge.builder("mayfly.invocations.buffers", buffers, budget -> (double) budget.taken())
                .description("Memory that inputs and outputs are buffered in")
                .baseUnit("bytes")
                .register(registry);
        return buffers;
    }

    @Bean
    @ConditionalOnRole({NodeRole.ALL, NodeRole.WORKER})
    FileMemory fileMemory(InvocationProperties properties, MeterRegistry registry) {
        FileMemory files =
                new FileMemory(properties.fileMemory(Runtime.getRuntime().maxMemory()));
        Gauge.builder("mayfly.invocations.files", files, memory -> (double) memory.taken())
                .description("Memory that the files of instances are in")
                .baseUnit("bytes")
                .register(registry);
        return files;
    }

    @Bean
    @ConditionalOnRole({NodeRole.ALL, NodeRole.WORKER})
    CpuTimer cpuTimer() {
        return new CpuTimer();
    }

    @Bean
    @ConditionalOnRole({NodeRole.ALL, NodeRole.WORKER})
    Executor localExecutor(
            ExecutableModules modules,
            Engine engine,
            DiskLayers disks,
            FileMemory files,
            Archiver archiver,
            CpuTimer cpuTimer,
            NanoClock clock) {
        return new LocalExecutor(modules, engine.name(), disks, files, archiver, cpuTimer, clock);
    }

    @Bean
    Invoker invoker(
            Scheduler scheduler,
            Executor executor,
            ObjectProvider<InvocationListener> listeners,
            InvocationProperties properties,
            BufferBudget buffers,
            NanoClock clock) {
        InstantSource time = InstantSource.system();
        List<InvocationListener> all = listeners.orderedStream().toList();
        InvocationListener each = invocation -> all.forEach(listener -> listener.ended(invocation));
        InvocationContext context = new InvocationContext(executor, each, properties, buffers, clock, time);
        return new Invoker(scheduler, new InvocationIds(time), context);
    }
}

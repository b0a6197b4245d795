package dev.mayfly.invocations;

import dev.mayfly.archives.Archiver;
import dev.mayfly.artifacts.ExecutableLease;
import dev.mayfly.artifacts.ExecutableModules;
import dev.mayfly.disk.Layers;
import dev.mayfly.disks.DiskLayers;
import dev.mayfly.disks.DiskLease;
import dev.mayfly.functions.FunctionConfiguration;
import dev.mayfly.functions.FunctionLimits;
import dev.mayfly.functions.ResolvedVersion;
import dev.mayfly.invocations.streams.GuestStdout;
import dev.mayfly.sandbox.CpuTimer;
import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.EntryPoint;
import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.sandbox.Execution;
import dev.mayfly.sandbox.InstanceSpec;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.scheduling.NanoClock;
import dev.mayfly.wasi.Confinement;
import dev.mayfly.wasi.GuestOutput;
import dev.mayfly.wasm.Export;
import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ModuleException;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Runs instances in this process, on the thread of the slot. */
final class LocalExecutor implements Executor {

    private final ExecutableModules modules;
    private final String engine;
    private final DiskLayers disks;
    private final FileMemory files;
    private final Archiver archiver;
    private final CpuTimer cpuTimer;
    private final NanoClock clock;

    /**
     * An executor.
     *
     * @param modules executable modules by digest
     * @param engine the name of the engine that runs instances, unless a module needs another
     * @param disks what files lie on
     * @param files the memory for the files of instances
     * @param archiver keeps what is in them afterwards, where that is wanted
     * @param cpuTimer bounds their processor time
     */
    LocalExecutor(
            ExecutableModules modules,
            String engine,
            DiskLayers disks,
            FileMemory files,
            Archiver archiver,
            CpuTimer cpuTimer,
            NanoClock clock) {
        this.modules = modules;
        this.engine = engine;
        this.disks = disks;
        this.files = files;
        this.archiver = archiver;
        this.cpuTimer = cpuTimer;
        this.clock = clock;
    }

    @Override
    public String engine() {
        return engine;
    }

    @Override
    public InvocationResult execute(Invocation invocation)
            throws InvalidArgumentsException, ModuleException, IOException, EngineException {
        long granted = clock.nanoTime();
        ResolvedVersion version = invocation.request().version();
        FunctionLimits limits = version.configuration().limits();
        try (ExecutableLease lease = modules.acquire(version.digest(), limits.instanceLimits());
                DiskLease layers = disks.lease(
                        version.configuration().rootDisk(),
                        version.configuration().mounts());
                FileMemory.Lease memory = files.lease()) {
            invocation.loaded(lease.executable().engine(), lease.cold());
            FilesLeft left = new FilesLeft(version.configuration().artifacts());
            InstanceSpec spec = spec(invocation, lease.module(), confinement(version, memory, layers.layers(), left));
            Optional<Interruption.Reason> stopped = invocation.begin();
            if (stopped.isPresent()) {
                return new InvocationResult.Stopped(stopped.get());
            }
            Duration loading = Duration.ofNanos(clock.nanoTime() - granted);
            Execution execution = run(lease.executable(), spec, invocation.running(), limits);
            left.archive(invocation, execution.outcome(), archiver);
            return invocation.ran(execution, loading.plus(execution.start()));
        }
    }

    private Execution run(
            ExecutableModule executable, InstanceSpec spec, Interruption interruption, FunctionLimits limits)
            throws EngineException {
        if (limits.cpuTimeMs() >= limits.timeoutMs()) {
            return executable.run(spec, interruption);
        }
        try (CpuTimer.Watch _ = cpuTimer.watch(interruption, Duration.ofMillis(limits.cpuTimeMs()))) {
            return executable.run(spec, interruption);
        }
    }

    private static InstanceSpec spec(Invocation invocation, Module module, Confinement confinement)
            throws InvalidArgumentsException {
        Call call = invocation.request().call();
        return new InstanceSpec(
                entryPoint(call, module),
                call.arguments(),
                call.environment(),
                invocation.request().stdin(),
                stdout(invocation),
                invocation.stderr(),
                confinement);
    }

    private static GuestOutput stdout(Invocation invocation) {
        long most = invocation.request().version().configuration().limits().maxOutputBytes();
        return switch (invocation.request().call()) {
            case Call.Command _ -> new GuestStdout(invocation.output(), most);
            // The answer of a function is its results; what it prints is for the log.
            case Call.Function _ -> invocation.stderr();
        };
    }

    private static Confinement confinement(
            ResolvedVersion version, FileMemory.Lease memory, Layers layers, FilesLeft left) {
        FunctionConfiguration configuration = version.configuration();
        return new Confinement(
                configuration.systemCalls().policy(), configuration.limits().fileLimits(), memory, layers, left::made);
    }

    private static EntryPoint entryPoint(Call call, Module module) throws InvalidArgumentsException {
        return switch (call) {
            case Call.Command _ -> new EntryPoint.Command();
            case Call.Function function -> {
                Optional<ExternalType> export = module.export(function.export()).map(Export::type);
                if (export.isPresent() && export.get() instanceof ExternalType.Function(var type)) {
                    yield new EntryPoint.Reactor(function.export(), NumberCodec.arguments(type, function.values()));
                }
                throw new InvalidArgumentsException("The module exports no function '" + function.export() + "'.");
            }
        };
    }
}

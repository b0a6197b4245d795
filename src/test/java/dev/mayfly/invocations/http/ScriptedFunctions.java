package dev.mayfly.invocations.http;

import dev.mayfly.artifacts.ExecutableLease;
import dev.mayfly.artifacts.ExecutableModules;
import dev.mayfly.artifacts.ModuleDigest;
import dev.mayfly.functions.FunctionCatalog;
import dev.mayfly.functions.FunctionConfiguration;
import dev.mayfly.functions.FunctionLimits;
import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.FunctionNotFoundException;
import dev.mayfly.functions.HttpMode;
import dev.mayfly.functions.ResolvedVersion;
import dev.mayfly.functions.VersionNotFoundException;
import dev.mayfly.functions.VersionSelector;
import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.sandbox.Execution;
import dev.mayfly.sandbox.InstanceLimits;
import dev.mayfly.sandbox.InstanceSpec;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.wasi.OutputLimitException;
import dev.mayfly.wasm.Export;
import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.Module;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;

/** Functions whose guests are Java code, so that a test decides what they do and when. */
final class ScriptedFunctions implements FunctionCatalog, ExecutableModules {

    /** What an instance does. */
    interface Guest {
        Outcome run(InstanceSpec spec, Interruption interruption) throws IOException;
    }

    static final FunctionLimits LIMITS = new FunctionLimits(1, 5000, 200_000_000, 200_000_000, 64);

    private record Deployed(ResolvedVersion version, Guest guest, FunctionType type) {}

    private final Map<String, Deployed> functions = new ConcurrentHashMap<>();
    private final Map<ModuleDigest, Deployed> modules = new ConcurrentHashMap<>();

    void deploy(String name, Guest guest) {
        deploy(name, configuration(LIMITS, HttpMode.RAW), guest);
    }

    void deploy(String name, FunctionConfiguration configuration, Guest guest) {
        deploy(name, configuration, new FunctionType(List.of(), List.of()), guest);
    }

    /** Deploys a reactor, whose function is of that type. */
    void deploy(String name, FunctionConfiguration configuration, FunctionType type, Guest guest) {
        ModuleDigest digest = new ModuleDigest("%064x".formatted(functions.size() + 1));
        ResolvedVersion version = new ResolvedVersion(new FunctionName(name), 1, digest, configuration);
        Deployed deployed = new Deployed(version, guest, type);
        functions.put(name, deployed);
        modules.put(digest, deployed);
    }

    static FunctionConfiguration configuration(FunctionLimits limits, HttpMode http) {
        return new FunctionConfiguration("", Map.of("GREETING", "hello"), List.of("configured"), limits, http, null);
    }

    @Override
    public ResolvedVersion resolve(FunctionName function, VersionSelector selector) {
        Deployed deployed = functions.get(function.value());
        if (deployed == null) {
            throw new FunctionNotFoundException(function);
        }
        if (!selector.equals(VersionSelector.LIVE) && !selector.equals(new VersionSelector.Numbered(1))) {
            throw new VersionNotFoundException(function, selector);
        }
        return deployed.version();
    }

    @Override
    public ExecutableLease acquire(ModuleDigest digest, InstanceLimits limits) {
        Deployed deployed = modules.get(digest);
        if (deployed == null) {
            throw new IllegalStateException("nothing deployed as " + digest);
        }
        return new Lease(new Executable(deployed.guest()), module(deployed.type()));
    }

    private static Module module(FunctionType type) {
        return new Module(
                8,
                List.of(type),
                List.of(),
                List.of(type),
                List.of(),
                List.of(),
                List.of(),
                List.of(new Export("call", new ExternalType.Function(type), 0)),
                OptionalInt.empty(),
                Map.of(),
                List.of());
    }

    private record Lease(ExecutableModule executable, Module module) implements ExecutableLease {

        @Override
        public boolean cold() {
            return false;
        }

        @Override
        public void close() {}
    }

    private record Executable(Guest guest) implements ExecutableModule {

        @Override
        public long weight() {
            return 1;
        }

        @Override
        public Execution run(InstanceSpec invocation, Interruption interruption) {
            Duration millisecond = Duration.ofMillis(1);
            return new Execution(outcome(invocation, interruption), millisecond, millisecond, millisecond, 65536);
        }

        private Outcome outcome(InstanceSpec invocation, Interruption interruption) {
            try {
                Outcome outcome = guest.run(invocation, interruption);
                return interruption
                        .reason()
                        .<Outcome>map(Outcome.Interrupted::new)
                        .orElse(outcome);
            } catch (OutputLimitException e) {
                return new Outcome.LimitExceeded(Outcome.Limit.OUTPUT_BYTES);
            } catch (IOException e) {
                return interruption
                        .reason()
                        .<Outcome>map(Outcome.Interrupted::new)
                        .orElse(new Outcome.Exited(74));
            }
        }

        @Override
        public void close() {}
    }
}

package dev.mayfly.invocations.http;

import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.artifacts.ExecutableLease;
import dev.mayfly.artifacts.ExecutableModules;
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
import dev.mayfly.testsupport.Wat;
import dev.mayfly.wasi.OutputLimitException;
import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ValueType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Functions whose guests are Java code, so that a test decides what they do and when. */
public final class ScriptedFunctions implements FunctionCatalog, ExecutableModules {

    /** What an instance does. */
    public interface Guest {
        Outcome run(InstanceSpec spec, Interruption interruption) throws IOException;
    }

    public static final FunctionLimits LIMITS = new FunctionLimits(1, 5000, 200_000_000, 200_000_000, 64);

    private record Deployed(ResolvedVersion version, Guest guest, FunctionType type) {}

    private final Map<String, Deployed> functions = new ConcurrentHashMap<>();
    private final Map<ContentDigest, Deployed> modules = new ConcurrentHashMap<>();

    public void deploy(String name, Guest guest) {
        deploy(name, configuration(LIMITS, HttpMode.RAW), guest);
    }

    public void deploy(String name, FunctionConfiguration configuration, Guest guest) {
        deploy(name, configuration, new FunctionType(List.of(), List.of()), guest);
    }

    /** Deploys a reactor, whose function is of that type. */
    public void deploy(String name, FunctionConfiguration configuration, FunctionType type, Guest guest) {
        ContentDigest digest = new ContentDigest("%064x".formatted(functions.size() + 1));
        ResolvedVersion version = new ResolvedVersion(new FunctionName(name), 1, digest, configuration);
        Deployed deployed = new Deployed(version, guest, type);
        functions.put(name, deployed);
        modules.put(digest, deployed);
    }

    public static FunctionConfiguration configuration(FunctionLimits limits, HttpMode http) {
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
    public ExecutableLease acquire(ContentDigest digest, InstanceLimits limits) {
        Deployed deployed = modules.get(digest);
        if (deployed == null) {
            throw new IllegalStateException("nothing deployed as " + digest);
        }
        return new Lease(new Executable(deployed.guest()), module(deployed.type()));
    }

    @Override
    public Duration warm(ContentDigest digest, Module module, Path binary, InstanceLimits limits) {
        return Duration.ZERO;
    }

    /** A module that exports one function of the type, as {@code call}. */
    private static Module module(FunctionType type) {
        ByteArrayOutputStream binary = new ByteArrayOutputStream();
        binary.writeBytes(new byte[] {0, 'a', 's', 'm', 1, 0, 0, 0});
        section(binary, 1, concat(new byte[] {1, 0x60}, codes(type.parameters()), codes(type.results())));
        section(binary, 3, new byte[] {1, 0});
        section(binary, 7, new byte[] {1, 4, 'c', 'a', 'l', 'l', 0, 0});
        section(binary, 10, new byte[] {1, 3, 0, 0, 0x0B});
        return Wat.decode(binary.toByteArray());
    }

    private static void section(ByteArrayOutputStream binary, int id, byte[] contents) {
        binary.write(id);
        binary.write(contents.length);
        binary.writeBytes(contents);
    }

    private static byte[] codes(List<ValueType> types) {
        byte[] codes = new byte[1 + types.size()];
        codes[0] = (byte) types.size();
        for (int i = 0; i < types.size(); i++) {
            codes[i + 1] = (byte) types.get(i).code();
        }
        return codes;
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
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
        public String engine() {
            return "scripted";
        }

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

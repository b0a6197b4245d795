package dev.mayfly.image;

import dev.mayfly.abi.TrapCode;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.x64.Backend;
import dev.mayfly.vmm.Hypervisor;
import dev.mayfly.vmm.VmmException;
import dev.mayfly.wasm.Export;
import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.Import;
import dev.mayfly.wasm.Limits;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ValueType;
import dev.mayfly.wasm.spec.SpecScript;
import dev.mayfly.wasm.validation.ModuleValidator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Runs an official test script with every call in a micro-VM. A module that shares things with another cannot be: it is
 * alone in its machine. Its commands are counted apart.
 */
final class VmScriptRunner implements AutoCloseable {

    private static final Map<String, Long> HOST_GLOBALS = Map.of(
            "global_i32",
            666L,
            "global_i64",
            666L,
            "global_f32",
            (long) Float.floatToRawIntBits(666.6f),
            "global_f64",
            Double.doubleToRawLongBits(666.6));

    private record Link(VmInstance user, VmInstance provider) {}

    private record Named(Module module, VmInstance instance) {}

    private final SpecScript script;
    private final Path folder;
    private final Hypervisor hypervisor;
    private final Slots slots;
    private final Backend backend;
    private final UnaryOperator<Function> optimizer;
    private final Map<String, Named> named = new HashMap<>();
    private final Map<String, Named> registered = new HashMap<>();

    /** Instances of which something is shared with another that could not be made. */
    private final Set<VmInstance> torn = new HashSet<>();

    private final List<VmInstance> instances = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private @Nullable Named current;
    private int passed;
    private int unsupported;

    VmScriptRunner(
            SpecScript script, Hypervisor hypervisor, Slots slots, Backend backend, UnaryOperator<Function> optimizer)
            throws IOException {
        this.script = script;
        this.folder = Objects.requireNonNull(script.convert().toAbsolutePath().getParent());
        this.hypervisor = hypervisor;
        this.slots = slots;
        this.backend = backend;
        this.optimizer = optimizer;
    }

    int passed() {
        return passed;
    }

    /** How many commands need modules that share something. */
    int unsupported() {
        return unsupported;
    }

    List<String> failures() {
        return failures;
    }

    void run() throws IOException {
        JsonNode root = JsonMapper.shared().readTree(Files.readString(folder.resolve("commands.json")));
        for (JsonNode command : root.path("commands")) {
            try {
                String failure = execute(command);
                if (failure != null) {
                    fail(command, failure);
                }
            } catch (SharingException e) {
                unsupported++;
            } catch (Exception e) {
                fail(command, e.toString());
            }
        }
    }

    private void fail(JsonNode command, String failure) {
        failures.add(script.name() + ":" + command.path("line").asInt() + " " + failure);
    }

    private @Nullable String execute(JsonNode command) throws Exception {
        switch (command.path("type").asString()) {
            case "module" -> {
                current = null;
                Named made = instantiate(command);
                current = made;
                if (command.has("name")) {
                    named.put(command.path("name").asString(), made);
                }
            }
            case "register" -> registered.put(command.path("as").asString(), instance(command.path("name")));
            case "action" -> act(command.path("action"));
            case "assert_return" -> {
                return compare(act(command.path("action")), command.path("expected"));
            }
            case "assert_trap", "assert_exhaustion" -> {
                return trap(command, () -> act(command.path("action")));
            }
            case "assert_uninstantiable" -> {
                return trap(command, () -> instantiate(command));
            }
            default -> {
                return null;
            }
        }
        passed++;
        return null;
    }

    private Named instantiate(JsonNode command) throws Exception {
        byte[] binary =
                Files.readAllBytes(folder.resolve(command.path("filename").asString()));
        Module module =
                new ModuleValidator().validate(new ByteArrayInputStream(binary)).module();
        requirePossible(module);
        long[] globals = module.imports().stream()
                .filter(one -> one.type() instanceof ExternalType.Global)
                .mapToLong(this::globalOf)
                .toArray();
        List<VmInstance.HostFunction> functions = module.imports().stream()
                .filter(one -> one.type() instanceof ExternalType.Function)
                .map(this::functionOf)
                .toList();
        Module linked = linked(module);
        VmInstance instance = new VmInstance(hypervisor, slots, linked, binary, backend, optimizer, functions, globals);
        instances.add(instance);
        for (Import one : module.imports()) {
            Named provider = registered.get(one.module());
            if (provider != null) {
                links.add(new Link(instance, provider.instance()));
            }
        }
        if (linked.start().isPresent()) {
            instance.call(linked.start().getAsInt());
        }
        return new Named(linked, instance);
    }

    /** Functions of other instances can be called, and constants read; memories, tables and variables are not shared. */
    private void requirePossible(Module module) {
        for (Import needed : module.imports()) {
            boolean shares =
                    switch (needed.type()) {
                        case ExternalType.Function type -> false;
                        case ExternalType.Global type -> type.mutable() || type.valueType() == ValueType.FUNCREF;
                        case ExternalType.Memory type -> true;
                        case ExternalType.Table type -> true;
                    };
            Named provider = registered.get(needed.module());
            if (shares && provider != null) {
                torn.add(provider.instance());
                throw new SharingException();
            }
        }
    }

    private static boolean isOfHost(Import needed) {
        return needed.module().equals("spectest");
    }

    private Named provider(Import needed) {
        Named provider = registered.get(needed.module());
        if (provider == null) {
            throw new IllegalStateException("nobody provides " + needed);
        }
        return provider;
    }

    private static int exportOf(Named provider, Import needed) {
        return provider.module().export(needed.name()).orElseThrow().index();
    }

    private long globalOf(Import needed) {
        if (isOfHost(needed)) {
            return HOST_GLOBALS.getOrDefault(needed.name(), 0L);
        }
        Named provider = provider(needed);
        return provider.instance().global(exportOf(provider, needed));
    }

    private VmInstance.HostFunction functionOf(Import needed) {
        if (isOfHost(needed)) {
            return arguments -> new long[0];
        }
        Named provider = provider(needed);
        int function = exportOf(provider, needed);
        return arguments -> provider.instance().call(function, arguments);
    }

    /** With the sizes that the host gives what it offers. */
    private static Module linked(Module m) {
        List<ExternalType.Memory> memories = new ArrayList<>(m.memories());
        List<ExternalType.Table> tables = new ArrayList<>(m.tables());
        int table = 0;
        for (Import one : m.imports()) {
            if (one.type() instanceof ExternalType.Memory) {
                memories.set(0, new ExternalType.Memory(new Limits(1, OptionalLong.of(2))));
            } else if (one.type() instanceof ExternalType.Table type) {
                tables.set(table++, new ExternalType.Table(type.elementType(), new Limits(10, OptionalLong.of(20))));
            }
        }
        return new Module(
                m.size(),
                m.types(),
                m.imports(),
                m.functions(),
                tables,
                memories,
                m.globals(),
                m.globalInitializers(),
                m.exports(),
                m.start(),
                m.elements(),
                m.data(),
                m.bodies(),
                m.functionNames(),
                m.sections());
    }

    /** Whether it, or one that it was linked with, shares something with an instance that could not be made. */
    private boolean isTorn(VmInstance start) {
        Set<VmInstance> reached = new HashSet<>(Set.of(start));
        boolean grew = true;
        while (grew) {
            grew = false;
            for (Link link : links) {
                if (reached.contains(link.user()) != reached.contains(link.provider())) {
                    grew |= reached.addAll(List.of(link.user(), link.provider()));
                }
            }
        }
        return reached.stream().anyMatch(torn::contains);
    }

    private Named instance(JsonNode name) {
        Named found = name.isMissingNode() ? current : named.get(name.asString());
        if (found == null || isTorn(found.instance())) {
            throw new SharingException();
        }
        return found;
    }

    private long[] act(JsonNode action) throws VmmException {
        Named named = instance(action.path("module"));
        Export export = named.module().export(action.path("field").asString()).orElseThrow();
        if (export.type() instanceof ExternalType.Global) {
            return new long[] {named.instance().global(export.index())};
        }
        long[] arguments = action.path("args")
                .valueStream()
                .mapToLong(VmScriptRunner::value)
                .toArray();
        return named.instance().call(export.index(), arguments);
    }

    private static long value(JsonNode node) {
        String text = node.path("value").asString();
        return switch (node.path("type").asString()) {
            case "i32", "f32" -> Long.parseLong(text) & 0xFFFF_FFFFL;
            case "i64", "f64" -> Long.parseUnsignedLong(text);
            // Null is zero, and what the host numbers begins behind it.
            case "funcref", "externref" -> text.equals("null") ? 0 : Long.parseLong(text) + 1;
            default -> throw new UnsupportedOperationException("no vectors");
        };
    }

    private @Nullable String compare(long[] results, JsonNode expected) {
        if (results.length != expected.size()) {
            return "expected " + expected.size() + " results";
        }
        for (int i = 0; i < expected.size(); i++) {
            if (!matches(results[i], expected.get(i))) {
                return "expected " + expected.get(i) + " but was " + Long.toHexString(results[i]);
            }
        }
        passed++;
        return null;
    }

    private static boolean matches(long bits, JsonNode expected) {
        String type = expected.path("type").asString();
        boolean narrow = type.equals("f32");
        long result = narrow || type.equals("i32") ? bits & 0xFFFF_FFFFL : bits;
        long quiet = narrow ? 0x7FC0_0000L : 0x7FF8_0000_0000_0000L;
        return switch (expected.path("value").asString("")) {
            case "nan:canonical" -> (result & (narrow ? 0x7FFF_FFFFL : Long.MAX_VALUE)) == quiet;
            case "nan:arithmetic" -> (result & quiet) == quiet;
            // A function reference that is only said to be one.
            case "" -> result != 0;
            default -> result == value(expected);
        };
    }

    private interface Action {
        Object run() throws Exception;
    }

    private @Nullable String trap(JsonNode command, Action action) throws Exception {
        String expected = command.path("text").asString();
        TrapCode code;
        try {
            action.run();
            return "should trap: " + expected;
        } catch (TrapException e) {
            code = e.code();
        } catch (InstantiationTrapException e) {
            code = e.code();
        }
        if (words(code).stream().noneMatch(expected::startsWith)) {
            return "should trap: " + expected + " but was " + code;
        }
        passed++;
        return null;
    }

    /** How the scripts begin to speak of a trap. */
    private static List<String> words(TrapCode code) {
        return switch (code) {
            case UNREACHABLE -> List.of("unreachable");
            case MEMORY_OUT_OF_BOUNDS -> List.of("out of bounds memory access");
            case TABLE_OUT_OF_BOUNDS -> List.of("out of bounds table access", "undefined element");
            case INDIRECT_CALL_TO_NULL -> List.of("uninitialized element");
            case INDIRECT_CALL_TYPE_MISMATCH -> List.of("indirect call type mismatch");
            case INTEGER_DIVIDE_BY_ZERO -> List.of("integer divide by zero");
            case INTEGER_OVERFLOW -> List.of("integer overflow");
            case INVALID_CONVERSION_TO_INTEGER -> List.of("invalid conversion to integer");
            case STACK_OVERFLOW -> List.of("call stack exhausted");
        };
    }

    @Override
    public void close() {
        instances.forEach(VmInstance::close);
    }

    /** A module wants to share something with another. */
    private static final class SharingException extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}

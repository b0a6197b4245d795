package dev.mayfly.image;

import dev.mayfly.abi.TrapCode;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.x64.Backend;
import dev.mayfly.vmm.Hypervisor;
import dev.mayfly.vmm.Slot;
import dev.mayfly.vmm.VmmException;
import dev.mayfly.wasm.Export;
import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.Import;
import dev.mayfly.wasm.Limits;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.spec.SpecScript;
import dev.mayfly.wasm.validation.ModuleValidator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
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
            "global_i32", 666L,
            "global_i64", 666L,
            "global_f32", (long) Float.floatToRawIntBits(666.6f),
            "global_f64", Double.doubleToRawLongBits(666.6));

    private record Named(Module module, VmInstance instance) {}

    private final SpecScript script;
    private final Path folder;
    private final Hypervisor hypervisor;
    private final Slot slot;
    private final Backend backend;
    private final UnaryOperator<Function> optimizer;
    private final Map<String, Named> named = new HashMap<>();
    private final List<VmInstance> instances = new ArrayList<>();
    private final List<String> failures = new ArrayList<>();
    private @Nullable Named current;
    private int passed;
    private int unsupported;

    VmScriptRunner(
            SpecScript script, Hypervisor hypervisor, Slot slot, Backend backend, UnaryOperator<Function> optimizer)
            throws IOException {
        this.script = script;
        this.folder = script.convert().toAbsolutePath().getParent();
        this.hypervisor = hypervisor;
        this.slot = slot;
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
        long[] globals = module.imports().stream()
                .filter(one -> one.type() instanceof ExternalType.Global)
                .mapToLong(VmScriptRunner::globalOf)
                .toArray();
        module.imports().forEach(VmScriptRunner::requireHost);
        Module linked = linked(module);
        VmInstance instance = new VmInstance(hypervisor, slot, linked, binary, backend, optimizer, globals);
        instances.add(instance);
        if (linked.start().isPresent()) {
            instance.call(linked.start().getAsInt());
        }
        return new Named(linked, instance);
    }

    private static void requireHost(Import needed) {
        if (!needed.module().equals("spectest")) {
            throw new SharingException();
        }
    }

    private static long globalOf(Import needed) {
        requireHost(needed);
        Long value = HOST_GLOBALS.get(needed.name());
        if (value == null) {
            throw new SharingException();
        }
        return value;
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
                m.size(), m.types(), m.imports(), m.functions(), tables, memories, m.globals(),
                m.globalInitializers(), m.exports(), m.start(), m.elements(), m.data(), m.bodies(),
                m.functionNames(), m.sections());
    }

    private Named instance(JsonNode name) {
        Named found = name.isMissingNode() ? current : named.get(name.asString());
        if (found == null) {
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
        long[] arguments =
                action.path("args").valueStream().mapToLong(VmScriptRunner::value).toArray();
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

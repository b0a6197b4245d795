package dev.mayfly.compiler.interpreter;

import dev.mayfly.abi.TrapCode;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.Limits;
import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.ValueType;
import dev.mayfly.wasm.spec.SpecScript;
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

/** Runs an official test script, command by command, and counts what came out as it says. */
final class ScriptRunner {

    private final SpecScript script;
    private final Path commands;
    private final UnaryOperator<Function> optimizer;
    private final Linker linker = new Linker();
    private final Map<String, Instance> named = new HashMap<>();
    private final List<String> failures = new ArrayList<>();
    private @Nullable Instance current;
    private int passed;

    ScriptRunner(SpecScript script, Path commands, UnaryOperator<Function> optimizer) {
        this.script = script;
        this.commands = commands;
        this.optimizer = optimizer;
        hostModule();
    }

    /** What scripts import from the host (the reference interpreter's {@code spectest}). */
    private void hostModule() {
        List<List<ValueType>> printed = List.of(
                List.of(),
                List.of(ValueType.I32),
                List.of(ValueType.I64),
                List.of(ValueType.F32),
                List.of(ValueType.F64),
                List.of(ValueType.I32, ValueType.F32),
                List.of(ValueType.F64, ValueType.F64));
        List<String> names =
                List.of("print", "print_i32", "print_i64", "print_f32", "print_f64", "print_i32_f32", "print_f64_f64");
        for (int i = 0; i < names.size(); i++) {
            linker.define("spectest", names.get(i), Callable.nothing(new FunctionType(printed.get(i), List.of())));
        }
        constant("global_i32", ValueType.I32, 666);
        constant("global_i64", ValueType.I64, 666);
        constant("global_f32", ValueType.F32, Arithmetic.bits(666.6f));
        constant("global_f64", ValueType.F64, Arithmetic.bits(666.6));
        linker.define("spectest", "memory", new LinearMemory(new Limits(1, OptionalLong.of(2))));
        Limits table = new Limits(10, OptionalLong.of(20));
        linker.define("spectest", "table", new ReferenceTable(new ExternalType.Table(ValueType.FUNCREF, table)));
    }

    private void constant(String name, ValueType type, long value) {
        linker.define("spectest", name, new Global(new ExternalType.Global(type, false), value));
    }

    int passed() {
        return passed;
    }

    /** By script and line, with what went wrong. */
    List<String> failures() {
        return failures;
    }

    void run() throws IOException {
        JsonNode root = JsonMapper.shared().readTree(Files.readString(commands));
        for (JsonNode command : root.path("commands")) {
            try {
                String failure = execute(command);
                if (failure != null) {
                    fail(command, failure);
                }
            } catch (ModuleException | RuntimeException e) {
                fail(command, e.toString());
            }
        }
    }

    private void fail(JsonNode command, String failure) {
        failures.add(script.name() + ":" + command.path("line").asInt() + " " + failure);
    }

    private @Nullable String execute(JsonNode command) throws IOException, ModuleException {
        switch (command.path("type").asString()) {
            case "module" -> {
                current = null;
                current = instantiate(command);
                if (command.has("name")) {
                    named.put(command.path("name").asString(), current);
                }
            }
            case "register" ->
                linker.register(
                        command.path("as").asString(),
                        instance(command.path("name")).exports());
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
            case "assert_unlinkable" -> {
                return unlinkable(command);
            }
            default -> {
                return null;
            }
        }
        passed++;
        return null;
    }

    private Instance instantiate(JsonNode command) throws IOException, ModuleException {
        byte[] binary = Files.readAllBytes(
                commands.resolveSibling(command.path("filename").asString()));
        return new Instance(binary, linker, optimizer);
    }

    private Instance instance(JsonNode name) {
        Instance found = name.isMissingNode() ? current : named.get(name.asString());
        if (found == null) {
            throw new IllegalStateException("no module " + name);
        }
        return found;
    }

    private long[] act(JsonNode action) {
        Instance instance = instance(action.path("module"));
        Object thing = instance.exports().get(action.path("field").asString());
        if (thing instanceof Global global) {
            return new long[] {global.value()};
        }
        if (!(thing instanceof Callable function)) {
            throw new IllegalStateException("no function or global " + action.path("field"));
        }
        long[] arguments =
                action.path("args").valueStream().mapToLong(ScriptRunner::value).toArray();
        return instance.guarded(function, arguments);
    }

    private static long value(JsonNode node) {
        String text = node.path("value").asString();
        return switch (node.path("type").asString()) {
            case "i32" -> Integer.parseUnsignedInt(text);
            case "i64", "f64" -> Long.parseUnsignedLong(text);
            case "f32" -> Long.parseLong(text);
            // Null is zero, and what the host numbers begins behind it.
            case "funcref", "externref" -> text.equals("null") ? 0 : Long.parseLong(text) + 1;
            default -> throw new UnsupportedOperationException("no vectors");
        };
    }

    private @Nullable String compare(long[] results, JsonNode expected) {
        for (int i = 0; i < expected.size(); i++) {
            if (!matches(results[i], expected.get(i))) {
                return "expected " + expected.get(i) + " but was " + Long.toHexString(results[i]);
            }
        }
        if (results.length != expected.size()) {
            return "expected " + expected.size() + " results";
        }
        passed++;
        return null;
    }

    private static boolean matches(long result, JsonNode expected) {
        boolean narrow = expected.path("type").asString().equals("f32");
        long quiet = narrow ? 0x7FC0_0000L : 0x7FF8_0000_0000_0000L;
        String value = expected.path("value").asString("");
        return switch (value) {
            case "nan:canonical" -> (result & (narrow ? 0x7FFF_FFFFL : Long.MAX_VALUE)) == quiet;
            case "nan:arithmetic" -> (result & quiet) == quiet;
            // A function reference that is only said to be one.
            case "" -> result != 0;
            default -> result == value(expected);
        };
    }

    private interface Action {
        Object run() throws IOException, ModuleException;
    }

    private @Nullable String trap(JsonNode command, Action action) throws IOException, ModuleException {
        String expected = command.path("text").asString();
        try {
            action.run();
            return "should trap: " + expected;
        } catch (TrapException e) {
            if (words(e.code()).stream().noneMatch(expected::startsWith)) {
                return "should trap: " + expected + " but was " + e.code();
            }
            passed++;
            return null;
        }
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

    private @Nullable String unlinkable(JsonNode command) throws IOException, ModuleException {
        try {
            instantiate(command);
            return "should not link";
        } catch (Linker.LinkException e) {
            passed++;
            return null;
        }
    }
}

package dev.mayfly.differential;

import dev.mayfly.abi.TrapCode;
import dev.mayfly.sandbox.wasmtime.WasmtimeEngine;
import dev.mayfly.sandbox.wasmtime.WasmtimeSettings;
import dev.mayfly.wasm.Export;
import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.Module;
import dev.mayfly.wasm.ValueType;
import io.github.kawamuray.wasmtime.Config;
import io.github.kawamuray.wasmtime.Disposable;
import io.github.kawamuray.wasmtime.Engine;
import io.github.kawamuray.wasmtime.Extern;
import io.github.kawamuray.wasmtime.Func;
import io.github.kawamuray.wasmtime.FuncType;
import io.github.kawamuray.wasmtime.Instance;
import io.github.kawamuray.wasmtime.Memory;
import io.github.kawamuray.wasmtime.Store;
import io.github.kawamuray.wasmtime.Trap;
import io.github.kawamuray.wasmtime.Val;
import io.github.kawamuray.wasmtime.WasmFunctionError;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Wasmtime 7, by its binding: a call from outside tells the exact reason of a trap. */
final class WasmtimeSubject implements Subject {

    private final WasmtimeEngine library;
    private final Engine engine;

    private WasmtimeSubject(WasmtimeEngine library, Engine engine) {
        this.library = library;
        this.engine = engine;
    }

    static WasmtimeSubject open() throws Exception {
        WasmtimeEngine library = WasmtimeEngine.create(WasmtimeSettings.DEFAULT, InstantSource.system());
        try (Config config =
                new Config().maxWasmStack(1 << 20).wasmMultiValue(true).wasmReferenceTypes(true)) {
            return new WasmtimeSubject(library, new Engine(config));
        }
    }

    @Override
    public String name() {
        return "Wasmtime";
    }

    @Override
    public Observation observe(Module module, byte[] binary) {
        HostCalls host = new HostCalls();
        List<Disposable> handles = new ArrayList<>();
        try {
            Store<Void> store = own(handles, new Store<>(null, engine));
            List<Extern> imports = new ArrayList<>();
            for (int i = 0; i < module.importedFunctions(); i++) {
                Func function = own(
                        handles, hostFunction(store, host, i, module.functions().get(i)));
                imports.add(Extern.fromFunc(function));
            }
            var compiled = own(handles, io.github.kawamuray.wasmtime.Module.fromBinary(engine, binary));
            Instance instance = own(handles, new Instance(store, compiled, imports));
            List<String> outcomes = new ArrayList<>();
            for (Export export : module.exports()) {
                if (export.type() instanceof ExternalType.Function) {
                    outcomes.add(outcome(
                            store,
                            own(handles, instance.getFunc(store, export.name()).orElseThrow())));
                }
            }
            Memory memory = own(
                    handles, instance.getMemory(store, ModuleGenerator.MEMORY).orElseThrow());
            return new Observation(outcomes, host.seen(), content(store, memory));
        } finally {
            handles.reversed().forEach(Disposable::dispose);
        }
    }

    private static byte[] content(Store<Void> store, Memory memory) {
        ByteBuffer buffer = memory.buffer(store);
        byte[] content = new byte[(int) memory.dataSize(store)];
        buffer.get(0, content);
        return content;
    }

    private static <T extends Disposable> T own(List<Disposable> handles, T handle) {
        handles.add(handle);
        return handle;
    }

    private static String outcome(Store<Void> store, Func function) {
        try {
            return Arrays.stream(function.call(store))
                    .map(Val::getValue)
                    .toList()
                    .toString();
        } catch (WasmFunctionError.TrapError e) {
            return code(e.trap());
        }
    }

    private static String code(Trap trap) {
        TrapCode code =
                switch (trap) {
                    case UNREACHABLE_CODE_REACHED -> TrapCode.UNREACHABLE;
                    case MEMORY_OUT_OF_BOUNDS -> TrapCode.MEMORY_OUT_OF_BOUNDS;
                    case TABLE_OUT_OF_BOUNDS -> TrapCode.TABLE_OUT_OF_BOUNDS;
                    case INDIRECT_CALL_TO_NULL -> TrapCode.INDIRECT_CALL_TO_NULL;
                    case BAD_SIGNATURE -> TrapCode.INDIRECT_CALL_TYPE_MISMATCH;
                    case INTEGER_DIVISION_BY_ZERO -> TrapCode.INTEGER_DIVIDE_BY_ZERO;
                    case INTEGER_OVERFLOW -> TrapCode.INTEGER_OVERFLOW;
                    case BAD_CONVERSION_TO_INTEGER -> TrapCode.INVALID_CONVERSION_TO_INTEGER;
                    case STACK_OVERFLOW -> TrapCode.STACK_OVERFLOW;
                    default -> throw new IllegalStateException("Wasmtime trapped by " + trap);
                };
        return code.name();
    }

    private static Func hostFunction(Store<Void> store, HostCalls host, int index, FunctionType type) {
        FuncType declared = new FuncType(types(type.parameters()), types(type.results()));
        return new Func(store, declared, (caller, parameters, results) -> {
            long[] arguments =
                    Arrays.stream(parameters).mapToLong(WasmtimeSubject::bits).toArray();
            long[] answers = host.call(index, type, arguments);
            for (int i = 0; i < answers.length; i++) {
                results[i] = value(type.results().get(i), answers[i]);
            }
        });
    }

    private static Val.Type[] types(List<ValueType> types) {
        return types.stream()
                .map(type -> switch (type) {
                    case I32 -> Val.Type.I32;
                    case I64 -> Val.Type.I64;
                    case F32 -> Val.Type.F32;
                    case F64 -> Val.Type.F64;
                    default -> throw new IllegalArgumentException("only numbers go to the host");
                })
                .toArray(Val.Type[]::new);
    }

    private static long bits(Val value) {
        return switch (value.getType()) {
            case I32 -> value.i32();
            case I64 -> value.i64();
            case F32 -> Float.floatToRawIntBits(value.f32());
            case F64 -> Double.doubleToRawLongBits(value.f64());
            default -> throw new IllegalArgumentException("only numbers come to the host");
        };
    }

    private static Val value(ValueType type, long bits) {
        return switch (type) {
            case I32 -> Val.fromI32((int) bits);
            case I64 -> Val.fromI64(bits);
            case F32 -> Val.fromF32(Float.intBitsToFloat((int) bits));
            case F64 -> Val.fromF64(Double.longBitsToDouble(bits));
            default -> throw new IllegalArgumentException("only numbers go to the host");
        };
    }

    @Override
    public void close() {
        engine.dispose();
        library.close();
    }
}

package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.Section;
import dev.mayfly.wasm.ValueType;
import java.util.List;

/**
 * Makes a module whose one function calls an imported function: with arguments from the {@link SystemCallFrame}, where it
 * also leaves the results. So no value goes through the binding, which would make objects of them.
 *
 * <p>The function is exported, or it is the start function: of a trap in a function that it calls, the binding tells only
 * the reason; of a trap in a start function only the backtrace.
 */
final class Launcher {

    /** The name of the function, where it is exported. */
    static final String FUNCTION = "launch";

    private static final int FUNCTION_KIND = 0;
    private static final int MEMORY_KIND = 2;
    private static final int WITHOUT_MAXIMUM = 0;

    private static final int CALL = 0x10;
    private static final int END = 0x0B;
    private static final int LOCAL_GET = 0x20;
    private static final int LOCAL_SET = 0x21;
    private static final int I32_CONST = 0x41;

    private Launcher() {}

    /**
     * A launcher of functions of a type.
     *
     * @param type has numeric parameters and results only
     * @param started whether it is the start function, rather than exported
     */
    static byte[] module(FunctionType type, boolean started) {
        FunctionType launch = new FunctionType(List.of(), List.of());
        WasmWriter module = new WasmWriter()
                .preamble()
                .section(Section.TYPE, new WasmWriter().u32(2).type(type).type(launch))
                .section(Section.IMPORT, imports())
                .section(Section.FUNCTION, new WasmWriter().u32(1).u32(1));
        if (started) {
            module.section(Section.START, new WasmWriter().u32(1));
        } else {
            module.section(
                    Section.EXPORT,
                    new WasmWriter().u32(1).name(FUNCTION).u8(FUNCTION_KIND).u32(1));
        }
        return module.section(Section.CODE, new WasmWriter().u32(1).sized(body(type)))
                .section(Section.CUSTOM, SystemCallStubs.moduleName())
                .toBytes();
    }

    private static WasmWriter imports() {
        WasmWriter imports = new WasmWriter().u32(2);
        imports.name("guest").name("function").u8(FUNCTION_KIND).u32(0);
        return imports.name("guest")
                .name("frame")
                .u8(MEMORY_KIND)
                .u8(WITHOUT_MAXIMUM)
                .u32(1);
    }

    private static WasmWriter body(FunctionType type) {
        List<ValueType> results = type.results();
        WasmWriter body = new WasmWriter().u32(results.size());
        results.forEach(result -> body.u32(1).u8(result.code()));
        for (int i = 0; i < type.parameters().size(); i++) {
            body.u8(I32_CONST).s32(0);
            access(body, load(type.parameters().get(i)), i);
        }
        body.u8(CALL).u32(0);
        for (int i = results.size() - 1; i >= 0; i--) {
            body.u8(LOCAL_SET).u32(i);
        }
        for (int i = 0; i < results.size(); i++) {
            body.u8(I32_CONST).s32(0).u8(LOCAL_GET).u32(i);
            access(body, store(results.get(i)), i);
        }
        return body.u8(END);
    }

    private static void access(WasmWriter body, int instruction, int index) {
        int noAlignment = 0;
        body.u8(instruction).u32(noAlignment).u32(SystemCallFrame.ARGUMENTS + index * SystemCallFrame.ARGUMENT_BYTES);
    }

    private static int load(ValueType type) {
        return switch (type) {
            case I32 -> 0x28;
            case I64 -> 0x29;
            case F32 -> 0x2A;
            case F64 -> 0x2B;
            case V128, FUNCREF, EXTERNREF -> throw notNumeric(type);
        };
    }

    private static int store(ValueType type) {
        return switch (type) {
            case I32 -> 0x36;
            case I64 -> 0x37;
            case F32 -> 0x38;
            case F64 -> 0x39;
            case V128, FUNCREF, EXTERNREF -> throw notNumeric(type);
        };
    }

    private static IllegalArgumentException notNumeric(ValueType type) {
        return new IllegalArgumentException("values of type " + type + " cannot be passed");
    }
}

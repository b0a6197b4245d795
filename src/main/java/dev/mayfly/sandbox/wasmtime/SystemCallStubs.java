package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.wasi.SystemCall;
import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.Section;
import dev.mayfly.wasm.ValueType;
import java.util.List;

/**
 * Makes the module that stands between a guest and the host: a function per system call that the guest imports, which
 * stores its arguments in the {@link SystemCallFrame} and calls the one host function.
 *
 * <p>Why not a host function per system call: the binding compiles a trampoline for each host function of each store,
 * some 120 µs, and passes every argument as an object found by name through JNI, some 25 µs for each call of the guest.
 * This way an instance needs one host function, without parameters, and a call costs 4 µs.
 */
final class SystemCallStubs {

    static final String FRAME = "frame";

    /** Tells the frames of these modules from the guest's, in a backtrace. */
    static final String MODULE_NAME = "mayfly";

    private static final FunctionType HOST_FUNCTION = new FunctionType(List.of(), List.of());

    private static final int FUNCTION_KIND = 0;
    private static final int MEMORY_KIND = 2;
    private static final int WITH_MAXIMUM = 1;
    private static final int MODULE_NAME_SUBSECTION = 0;

    private static final int CALL = 0x10;
    private static final int END = 0x0B;
    private static final int LOCAL_GET = 0x20;
    private static final int I32_LOAD = 0x28;
    private static final int I32_STORE = 0x36;
    private static final int I64_STORE = 0x37;
    private static final int I32_CONST = 0x41;
    private static final int I64_EXTEND_I32_U = 0xAD;
    private static final int ALIGN_4 = 2;
    private static final int ALIGN_8 = 3;

    private SystemCallStubs() {}

    /** The name under which the module exports the stub of a call. */
    static String exportName(SystemCall call) {
        return call.name();
    }

    /** A module with stubs for some calls; without any it imports nothing and only has the frame. */
    static byte[] module(List<SystemCall> calls) {
        WasmWriter imports = calls.isEmpty() ? new WasmWriter().u32(0) : hostFunction();
        return new WasmWriter()
                .preamble()
                .section(Section.TYPE, types(calls))
                .section(Section.IMPORT, imports)
                .section(Section.FUNCTION, functions(calls))
                .section(
                        Section.MEMORY,
                        new WasmWriter().u32(1).u8(WITH_MAXIMUM).u32(1).u32(1))
                .section(Section.EXPORT, exports(calls))
                .section(Section.CODE, code(calls))
                .section(Section.CUSTOM, moduleName())
                .toBytes();
    }

    private static WasmWriter types(List<SystemCall> calls) {
        WasmWriter types = new WasmWriter().u32(1 + calls.size()).type(HOST_FUNCTION);
        calls.forEach(call -> types.type(call.signature()));
        return types;
    }

    private static WasmWriter hostFunction() {
        return new WasmWriter()
                .u32(1)
                .name(MODULE_NAME)
                .name("call")
                .u8(FUNCTION_KIND)
                .u32(0);
    }

    private static WasmWriter functions(List<SystemCall> calls) {
        WasmWriter functions = new WasmWriter().u32(calls.size());
        for (int i = 0; i < calls.size(); i++) {
            functions.u32(1 + i);
        }
        return functions;
    }

    private static WasmWriter exports(List<SystemCall> calls) {
        WasmWriter exports = new WasmWriter().u32(1 + calls.size());
        exports.name(FRAME).u8(MEMORY_KIND).u32(0);
        for (int i = 0; i < calls.size(); i++) {
            exports.name(exportName(calls.get(i))).u8(FUNCTION_KIND).u32(1 + i);
        }
        return exports;
    }

    private static WasmWriter code(List<SystemCall> calls) {
        WasmWriter code = new WasmWriter().u32(calls.size());
        calls.forEach(call -> code.sized(body(call)));
        return code;
    }

    private static WasmWriter body(SystemCall call) {
        WasmWriter body = new WasmWriter().u32(0);
        body.u8(I32_CONST).s32(0).u8(I32_CONST).s32(call.number());
        body.u8(I32_STORE).u32(ALIGN_4).u32(SystemCallFrame.NUMBER);
        List<ValueType> parameters = call.signature().parameters();
        for (int i = 0; i < parameters.size(); i++) {
            body.u8(I32_CONST).s32(0).u8(LOCAL_GET).u32(i);
            if (parameters.get(i) == ValueType.I32) {
                body.u8(I64_EXTEND_I32_U);
            }
            body.u8(I64_STORE).u32(ALIGN_8).u32(SystemCallFrame.ARGUMENTS + i * SystemCallFrame.ARGUMENT_BYTES);
        }
        body.u8(CALL).u32(0);
        if (!call.signature().results().isEmpty()) {
            body.u8(I32_CONST).s32(0).u8(I32_LOAD).u32(ALIGN_4).u32(SystemCallFrame.RESULT);
        }
        return body.u8(END);
    }

    static WasmWriter moduleName() {
        return new WasmWriter().name("name").u8(MODULE_NAME_SUBSECTION).sized(new WasmWriter().name(MODULE_NAME));
    }
}

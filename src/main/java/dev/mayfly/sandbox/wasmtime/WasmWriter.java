package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.ValueType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes parts of the WebAssembly binary format (core specification 2.0, chapter 5). */
final class WasmWriter {

    private static final byte[] PREAMBLE = {0, 'a', 's', 'm', 1, 0, 0, 0};
    private static final int FUNCTION_TYPE = 0x60;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    WasmWriter preamble() {
        return bytes(PREAMBLE);
    }

    WasmWriter bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    WasmWriter bytes(byte[] bytes, int offset, int length) {
        out.write(bytes, offset, length);
        return this;
    }

    WasmWriter u8(int value) {
        out.write(value);
        return this;
    }

    /** An unsigned number of up to 32 bits (5.2.2). */
    WasmWriter u32(long value) {
        long rest = value;
        while (rest >= 0x80) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
        return this;
    }

    /** A small non-negative number in the signed encoding, as {@code i32.const} takes it. */
    WasmWriter s32(int value) {
        int rest = value;
        while (rest >= 0x40) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return this;
    }

    WasmWriter name(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return u32(utf8.length).bytes(utf8);
    }

    WasmWriter type(FunctionType type) {
        return u8(FUNCTION_TYPE).types(type.parameters()).types(type.results());
    }

    WasmWriter section(int id, WasmWriter contents) {
        return u8(id).sized(contents);
    }

    WasmWriter sized(WasmWriter contents) {
        byte[] bytes = contents.toBytes();
        return u32(bytes.length).bytes(bytes);
    }

    int size() {
        return out.size();
    }

    byte[] toBytes() {
        return out.toByteArray();
    }

    private WasmWriter types(List<ValueType> types) {
        u32(types.size());
        types.forEach(type -> u8(type.code()));
        return this;
    }
}

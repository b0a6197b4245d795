package dev.mayfly.differential;

import dev.mayfly.wasm.FunctionType;
import dev.mayfly.wasm.ValueType;
import dev.mayfly.wasm.binary.Opcode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Writes the binary format (core specification 2.0, section 5). */
final class ByteWriter {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ByteWriter u8(int value) {
        out.write(value);
        return this;
    }

    ByteWriter bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    ByteWriter append(ByteWriter other) {
        return bytes(other.toBytes());
    }

    /** An unsigned number of 32 bits. */
    ByteWriter u32(int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            out.write((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
        return this;
    }

    /** A signed number of up to 64 bits. */
    ByteWriter signed(long value) {
        long rest = value;
        while (rest < -64 || rest > 63) {
            out.write((int) ((rest & 0x7F) | 0x80));
            rest >>= 7;
        }
        out.write((int) (rest & 0x7F));
        return this;
    }

    ByteWriter littleEndian(long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            out.write((int) (value >>> (8 * i)));
        }
        return this;
    }

    ByteWriter name(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return u32(bytes.length).bytes(bytes);
    }

    ByteWriter types(List<ValueType> types) {
        u32(types.size());
        types.forEach(type -> u8(type.code()));
        return this;
    }

    ByteWriter type(FunctionType type) {
        return u8(0x60).types(type.parameters()).types(type.results());
    }

    ByteWriter limits(int minimum, int maximum) {
        return u8(1).u32(minimum).u32(maximum);
    }

    /** An instruction, without its immediates. */
    ByteWriter op(Opcode opcode) {
        int prefix = opcode.code() >>> 8;
        return prefix == 0 ? u8(opcode.code()) : u8(prefix).u32(opcode.code() & 0xFF);
    }

    ByteWriter i32(int value) {
        return op(Opcode.I32_CONST).signed(value);
    }

    /** A constant of a numeric type. */
    ByteWriter constant(ValueType type, long bits) {
        return switch (type) {
            case I32 -> i32((int) bits);
            case I64 -> op(Opcode.I64_CONST).signed(bits);
            case F32 -> op(Opcode.F32_CONST).littleEndian(bits, Float.BYTES);
            case F64 -> op(Opcode.F64_CONST).littleEndian(bits, Double.BYTES);
            case FUNCREF, EXTERNREF -> op(Opcode.REF_NULL).u8(type.code());
            case V128 -> throw new IllegalArgumentException("no vectors yet");
        };
    }

    /** With its length in front. */
    ByteWriter sized(ByteWriter content) {
        byte[] bytes = content.toBytes();
        return u32(bytes.length).bytes(bytes);
    }

    ByteWriter section(int id, ByteWriter content) {
        return u8(id).sized(content);
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}

package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.sandbox.TrapKind;

/** The instructions of a module, kept to find out what trapped. */
final class GuestCode {

    private final byte[] code;
    private final long start;

    /**
     * Keeps part of a binary.
     *
     * @param code the code section and nothing else
     * @param start where that stands in the binary that Wasmtime was given
     */
    GuestCode(byte[] code, long start) {
        this.code = code;
        this.start = start;
    }

    int size() {
        return code.length;
    }

    /**
     * Why an instruction traps (core specification 2.0, section 4.4). Stack overflow is not an instruction's doing.
     *
     * @param offset of the instruction in the binary that Wasmtime was given
     */
    TrapKind trapOf(long offset) {
        int opcode = at(offset);
        return switch (opcode) {
            case 0x00 -> TrapKind.UNREACHABLE;
            case 0x11 -> TrapKind.INDIRECT_CALL;
            case 0x25, 0x26 -> TrapKind.TABLE_OUT_OF_BOUNDS;
            case 0x6D, 0x7F -> TrapKind.INTEGER_DIVISION;
            case 0x6E, 0x6F, 0x70, 0x80, 0x81, 0x82 -> TrapKind.INTEGER_DIVIDE_BY_ZERO;
            case 0xA8, 0xA9, 0xAA, 0xAB, 0xAE, 0xAF, 0xB0, 0xB1 -> TrapKind.CONVERSION_TO_INTEGER;
            case 0xFC -> bulkTrap(at(offset + 1));
            case 0xFD -> TrapKind.MEMORY_OUT_OF_BOUNDS;
            default -> isMemoryAccess(opcode) ? TrapKind.MEMORY_OUT_OF_BOUNDS : TrapKind.UNKNOWN;
        };
    }

    private static TrapKind bulkTrap(int opcode) {
        return switch (opcode) {
            case 8, 10, 11 -> TrapKind.MEMORY_OUT_OF_BOUNDS;
            case 12, 14, 17 -> TrapKind.TABLE_OUT_OF_BOUNDS;
            default -> TrapKind.UNKNOWN;
        };
    }

    private static boolean isMemoryAccess(int opcode) {
        return opcode >= 0x28 && opcode <= 0x3E;
    }

    private int at(long offset) {
        long index = offset - start;
        return index >= 0 && index < code.length ? Byte.toUnsignedInt(code[(int) index]) : -1;
    }
}

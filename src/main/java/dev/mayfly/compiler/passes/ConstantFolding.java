package dev.mayfly.compiler.passes;

import dev.mayfly.compiler.ssa.Constants;
import dev.mayfly.compiler.ssa.IntCondition;
import dev.mayfly.compiler.ssa.Opcode;
import dev.mayfly.compiler.ssa.Type;
import java.util.OptionalLong;

/** Computes integer operations on constants, which are given and taken in canonical form. */
final class ConstantFolding {

    private ConstantFolding() {}

    /** The result of an operation of one argument; empty if it is not known here. */
    static OptionalLong unary(Opcode opcode, Type argumentType, Type resultType, long a) {
        boolean narrow = argumentType == Type.I32;
        return switch (opcode) {
            case CLZ ->
                result(resultType, narrow ? Integer.numberOfLeadingZeros((int) a) : Long.numberOfLeadingZeros(a));
            case CTZ ->
                result(resultType, narrow ? Integer.numberOfTrailingZeros((int) a) : Long.numberOfTrailingZeros(a));
            case POPCNT -> result(resultType, narrow ? Integer.bitCount((int) a) : Long.bitCount(a));
            case SEXT8 -> result(resultType, (byte) a);
            case SEXT16 -> result(resultType, (short) a);
            case SEXT32, WRAP, EXTEND_S -> result(resultType, a << 32 >> 32);
            case EXTEND_U -> result(resultType, a & 0xFFFF_FFFFL);
            case BITCAST -> result(resultType, a);
            default -> OptionalLong.empty();
        };
    }

    /** The result of an operation of two arguments; empty if it is not known here or has none. */
    static OptionalLong binary(Opcode opcode, Type type, long a, long b) {
        long shift = b & (type.bits() - 1);
        return switch (opcode) {
            case ADD -> result(type, a + b);
            case SUB -> result(type, a - b);
            case MUL -> result(type, a * b);
            case AND -> result(type, a & b);
            case OR -> result(type, a | b);
            case XOR -> result(type, a ^ b);
            case SHL -> result(type, a << shift);
            case SHR_S -> result(type, a >> shift);
            case SHR_U -> result(type, unsigned(type, a) >>> shift);
            case ROTL -> result(type, rotateLeft(type, a, (int) shift));
            case ROTR -> result(type, rotateLeft(type, a, -(int) shift));
            case DIV_S, DIV_U, REM_S, REM_U -> divide(opcode, type, a, b);
            default -> OptionalLong.empty();
        };
    }

    static long compare(IntCondition condition, long a, long b) {
        return condition.holds(a, b) ? 1 : 0;
    }

    private static OptionalLong divide(Opcode opcode, Type type, long a, long b) {
        if (b == 0) {
            return OptionalLong.empty();
        }
        return switch (opcode) {
            case DIV_S -> result(type, a / b);
            case DIV_U -> result(type, Long.divideUnsigned(unsigned(type, a), unsigned(type, b)));
            case REM_S -> result(type, a % b);
            default -> result(type, Long.remainderUnsigned(unsigned(type, a), unsigned(type, b)));
        };
    }

    private static long rotateLeft(Type type, long a, int distance) {
        return type == Type.I32 ? Integer.rotateLeft((int) a, distance) : Long.rotateLeft(a, distance);
    }

    private static long unsigned(Type type, long a) {
        return type == Type.I32 ? a & 0xFFFF_FFFFL : a;
    }

    private static OptionalLong result(Type type, long bits) {
        return OptionalLong.of(Constants.canonical(type, bits));
    }
}

package dev.mayfly.compiler.interpreter;

import dev.mayfly.abi.TrapCode;
import dev.mayfly.compiler.ssa.Opcode;
import dev.mayfly.compiler.ssa.Type;

/** Operations without effects, on bits, written down a second time independently of what the compiler's passes compute. */
final class Arithmetic {

    private static final double TWO_TO_63 = 0x1p63;

    private Arithmetic() {}

    static long unary(Opcode opcode, Type from, Type to, long a) {
        if (from.isFloat()) {
            return to.isFloat() ? floatUnary(opcode, from, a) : fromFloat(opcode, from, to, a);
        }
        return switch (opcode) {
            case CLZ -> from == Type.I32 ? Integer.numberOfLeadingZeros((int) a) : Long.numberOfLeadingZeros(a);
            case CTZ -> from == Type.I32 ? Integer.numberOfTrailingZeros((int) a) : Long.numberOfTrailingZeros(a);
            case POPCNT -> from == Type.I32 ? Integer.bitCount((int) a) : Long.bitCount(a);
            case SEXT8 -> (byte) a;
            case SEXT16 -> (short) a;
            case SEXT32, WRAP, EXTEND_S -> a << 32 >> 32;
            case EXTEND_U -> Integer.toUnsignedLong((int) a);
            case BITCAST -> to == Type.F32 ? Integer.toUnsignedLong((int) a) : a;
            case CONVERT_S -> convert(a, to);
            case CONVERT_U -> from == Type.I32 ? convert(Integer.toUnsignedLong((int) a), to) : convertUnsigned(a, to);
            default -> throw new IllegalArgumentException("no unary " + opcode);
        };
    }

    static long binary(Opcode opcode, Type type, long a, long b) {
        return switch (type) {
            case I32 -> binary32(opcode, (int) a, (int) b);
            case I64 -> binary64(opcode, a, b);
            case F32 ->
                opcode == Opcode.FCOPYSIGN
                        ? (a & 0x7FFF_FFFFL) | (b & 0x8000_0000L)
                        : bits(floatBinary(opcode, single(a), single(b)));
            case F64 ->
                opcode == Opcode.FCOPYSIGN
                        ? (a & Long.MAX_VALUE) | (b & Long.MIN_VALUE)
                        : bits(doubleBinary(opcode, number(a), number(b)));
        };
    }

    private static int binary32(Opcode opcode, int a, int b) {
        return switch (opcode) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV_S -> checked(a / b, a, b);
            case DIV_U -> Integer.divideUnsigned(a, b);
            case REM_S -> a % b;
            case REM_U -> Integer.remainderUnsigned(a, b);
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
            case SHL -> a << b;
            case SHR_S -> a >> b;
            case SHR_U -> a >>> b;
            case ROTL -> Integer.rotateLeft(a, b);
            case ROTR -> Integer.rotateRight(a, b);
            default -> throw new IllegalArgumentException("no binary " + opcode);
        };
    }

    private static int checked(int quotient, int a, int b) {
        if (a == Integer.MIN_VALUE && b == -1) {
            throw new IllegalStateException("an overflowing division must have trapped");
        }
        return quotient;
    }

    private static long binary64(Opcode opcode, long a, long b) {
        return switch (opcode) {
            case ADD -> a + b;
            case SUB -> a - b;
            case MUL -> a * b;
            case DIV_S -> {
                if (a == Long.MIN_VALUE && b == -1) {
                    throw new IllegalStateException("an overflowing division must have trapped");
                }
                yield a / b;
            }
            case DIV_U -> Long.divideUnsigned(a, b);
            case REM_S -> a % b;
            case REM_U -> Long.remainderUnsigned(a, b);
            case AND -> a & b;
            case OR -> a | b;
            case XOR -> a ^ b;
            case SHL -> a << b;
            case SHR_S -> a >> b;
            case SHR_U -> a >>> b;
            case ROTL -> Long.rotateLeft(a, (int) b);
            case ROTR -> Long.rotateRight(a, (int) b);
            default -> throw new IllegalArgumentException("no binary " + opcode);
        };
    }

    private static float floatBinary(Opcode opcode, float a, float b) {
        boolean nan = Float.isNaN(a) || Float.isNaN(b);
        return switch (opcode) {
            case FADD -> a + b;
            case FSUB -> a - b;
            case FMUL -> a * b;
            case FDIV -> a / b;
            case FMIN -> nan ? a + b : Math.min(a, b);
            case FMAX -> nan ? a + b : Math.max(a, b);
            default -> throw new IllegalArgumentException("no binary " + opcode);
        };
    }

    private static double doubleBinary(Opcode opcode, double a, double b) {
        boolean nan = Double.isNaN(a) || Double.isNaN(b);
        return switch (opcode) {
            case FADD -> a + b;
            case FSUB -> a - b;
            case FMUL -> a * b;
            case FDIV -> a / b;
            case FMIN -> nan ? a + b : Math.min(a, b);
            case FMAX -> nan ? a + b : Math.max(a, b);
            default -> throw new IllegalArgumentException("no binary " + opcode);
        };
    }

    private static long floatUnary(Opcode opcode, Type type, long a) {
        boolean narrow = type == Type.F32;
        long sign = narrow ? 0x8000_0000L : Long.MIN_VALUE;
        return switch (opcode) {
            case FABS -> a & ~sign;
            case FNEG -> a ^ sign;
            case PROMOTE -> bits((double) single(a));
            case DEMOTE -> bits((float) number(a));
            case BITCAST -> a;
            default -> narrow ? bits((float) round(opcode, single(a))) : bits(round(opcode, number(a)));
        };
    }

    /** For f32 too: a square root rounded twice is the same as rounded once. */
    private static double round(Opcode opcode, double a) {
        if (Double.isNaN(a)) {
            return a + a;
        }
        return switch (opcode) {
            case FSQRT -> Math.sqrt(a);
            case FCEIL -> Math.ceil(a);
            case FFLOOR -> Math.floor(a);
            case FTRUNC -> a < 0 ? Math.ceil(a) : Math.floor(a);
            case FNEAREST -> Math.rint(a);
            default -> throw new IllegalArgumentException("no unary " + opcode);
        };
    }

    private static long convert(long a, Type to) {
        return to == Type.F32 ? bits((float) a) : bits((double) a);
    }

    private static long convertUnsigned(long a, Type to) {
        if (a >= 0) {
            return convert(a, to);
        }
        // Half of it, with the lost bit kept for rounding.
        long half = (a >>> 1) | (a & 1);
        return to == Type.F32 ? bits((float) half * 2) : bits((double) half * 2);
    }

    private static long fromFloat(Opcode opcode, Type from, Type to, long a) {
        if (opcode == Opcode.BITCAST) {
            return to == Type.I32 ? (int) a : a;
        }
        double number = from == Type.F32 ? single(a) : number(a);
        boolean signed = opcode == Opcode.TRUNC_S || opcode == Opcode.TRUNC_SAT_S;
        if (opcode == Opcode.TRUNC_S || opcode == Opcode.TRUNC_U) {
            checkRange(number, to, signed);
        }
        if (signed) {
            return to == Type.I32 ? (int) number : (long) number;
        }
        if (to == Type.I32) {
            return (int) Math.max(0, Math.min(0xFFFF_FFFFL, (long) number));
        }
        if (number >= 2 * TWO_TO_63) {
            return -1;
        }
        return number >= TWO_TO_63 ? (long) (number - TWO_TO_63) ^ Long.MIN_VALUE : Math.max(0, (long) number);
    }

    private static void checkRange(double number, Type to, boolean signed) {
        if (Double.isNaN(number)) {
            throw new TrapException(TrapCode.INVALID_CONVERSION_TO_INTEGER);
        }
        double limit = Math.scalb(1.0, signed ? to.bits() - 1 : to.bits());
        double truncated = number < 0 ? Math.ceil(number) : Math.floor(number);
        if (truncated >= limit || truncated < (signed ? -limit : 0)) {
            throw new TrapException(TrapCode.INTEGER_OVERFLOW);
        }
    }

    static float single(long bits) {
        return Float.intBitsToFloat((int) bits);
    }

    static double number(long bits) {
        return Double.longBitsToDouble(bits);
    }

    static long bits(float number) {
        return Integer.toUnsignedLong(Float.floatToRawIntBits(number));
    }

    static long bits(double number) {
        return Double.doubleToRawLongBits(number);
    }
}

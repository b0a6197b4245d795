package dev.mayfly.compiler.x64;

import dev.mayfly.abi.TrapCode;
import dev.mayfly.compiler.regalloc.Role;

/** Operations that take several instructions with jumps between them. */
final class Sequences {

    private static final long TWO_TO_63_AS_FLOAT = 0x5F00_0000L;
    private static final long TWO_TO_63_AS_DOUBLE = 0x43E0_0000_0000_0000L;

    private Sequences() {}

    private static boolean isDouble(int size) {
        return size == 8;
    }

    /** The remainder of signed numbers: dividing by -1 would overflow, and leaves nothing. */
    static final class SignedRemainder extends MachineInstruction {

        private final int size;

        SignedRemainder(int size, int divisor) {
            this.size = size;
            operand(Role.USE_LATE, divisor);
            operand(Role.USE, Registers.RAX);
            operand(Role.DEFINE_EARLY, Registers.RDX);
            operand(Role.DEFINE, Registers.RAX);
        }

        @Override
        void emit(Emission emission) {
            Assembler assembler = emission.assembler();
            int divisor = emission.location(0);
            int divide = assembler.newLabel();
            int done = assembler.newLabel();
            assembler.emit(Op.CMPI, size, 0, divisor, -1);
            assembler.jump(Condition.NE, divide);
            assembler.emit(Op.XOR, 4, Registers.RDX, Registers.RDX);
            assembler.jump(done);
            assembler.bind(divide);
            assembler.extendAccumulator(size);
            assembler.emit(Op.IDIV, size, 0, divisor);
            assembler.bind(done);
        }

        @Override
        public String toString() {
            return "remainder " + name(0, size);
        }
    }

    /** Takes another value unless a comparison holds. */
    static final class FloatSelect extends MachineInstruction {

        private final Flags flags;

        FloatSelect(Flags flags, int result, int otherwise) {
            this.flags = flags;
            operand(Role.MODIFY, result);
            operand(Role.USE_ANYWHERE, otherwise);
        }

        @Override
        void emit(Emission emission) {
            Assembler assembler = emission.assembler();
            int keep = assembler.newLabel();
            int replace = assembler.newLabel();
            flags.branch(assembler, keep, replace, false, true);
            assembler.bind(replace);
            emission.move(emission.location(1), emission.location(0));
            assembler.bind(keep);
        }

        @Override
        public String toString() {
            return "unless " + flags + " copy " + name(0, 8) + ", " + name(1, 8);
        }
    }

    /** The smaller or larger: a NaN if either is one, and -0 is smaller than 0. */
    static final class MinimumOrMaximum extends MachineInstruction {

        private final int size;
        private final boolean minimum;

        MinimumOrMaximum(int size, boolean minimum, int result, int other) {
            this.size = size;
            this.minimum = minimum;
            operand(Role.MODIFY, result);
            operand(Role.USE_LATE, other);
        }

        @Override
        void emit(Emission emission) {
            Assembler assembler = emission.assembler();
            int result = emission.location(0);
            int other = emission.location(1);
            int differ = assembler.newLabel();
            int unordered = assembler.newLabel();
            int done = assembler.newLabel();
            assembler.emit(isDouble(size) ? Op.UCOMISD : Op.UCOMISS, 4, result, other);
            assembler.jump(Condition.NE, differ);
            assembler.jump(Condition.P, unordered);
            // Equal, but for the sign of zero.
            assembler.emit(minimum ? Op.ORPS : Op.ANDPS, 4, result, other);
            assembler.jump(done);
            assembler.bind(unordered);
            assembler.emit(isDouble(size) ? Op.ADDSD : Op.ADDSS, 4, result, other);
            assembler.jump(done);
            assembler.bind(differ);
            assembler.emit(comparing(), 4, result, other);
            assembler.bind(done);
        }

        private Op comparing() {
            if (minimum) {
                return isDouble(size) ? Op.MINSD : Op.MINSS;
            }
            return isDouble(size) ? Op.MAXSD : Op.MAXSS;
        }

        @Override
        public String toString() {
            return (minimum ? "minimum" : "maximum") + size + " " + name(0, 8) + ", " + name(1, 8);
        }
    }

    /** An unsigned 64-bit number as a float: one too large to be signed is halved, its lowest bit kept for rounding. */
    static final class ConvertUnsigned extends MachineInstruction {

        private final int size;

        ConvertUnsigned(int size, int result, int from, int temporary, int other) {
            this.size = size;
            operand(Role.DEFINE_EARLY, result);
            operand(Role.USE_LATE, from);
            operand(Role.DEFINE_EARLY, temporary);
            operand(Role.DEFINE_EARLY, other);
        }

        @Override
        void emit(Emission emission) {
            Assembler assembler = emission.assembler();
            int result = emission.location(0);
            int from = emission.location(1);
            int half = emission.location(2);
            int lowest = emission.location(3);
            Op convert = isDouble(size) ? Op.CVTSI2SD : Op.CVTSI2SS;
            int large = assembler.newLabel();
            int done = assembler.newLabel();
            assembler.emit(Op.XORPS, 4, result, result);
            assembler.emit(Op.TEST, 8, from, from);
            assembler.jump(Condition.S, large);
            assembler.emit(convert, 8, result, from);
            assembler.bind(done);
            emission.rarely(() -> {
                assembler.bind(large);
                assembler.emit(Op.LOAD, 8, half, from);
                assembler.emit(Op.LOAD, 8, lowest, from);
                assembler.emit(Op.SHRI, 8, 0, half, 1);
                assembler.emit(Op.ANDI, 4, 0, lowest, 1);
                assembler.emit(Op.OR, 8, half, lowest);
                assembler.emit(convert, 8, result, half);
                assembler.emit(isDouble(size) ? Op.ADDSD : Op.ADDSS, 4, result, result);
                assembler.jump(done);
            });
        }

        @Override
        public String toString() {
            return "unsigned" + size + " " + name(0, 8) + ", " + name(1, 8) + ", " + name(2, 8) + ", " + name(3, 8);
        }
    }

    /** A float without its fraction as an integer, as a {@link Truncation} says. */
    static final class Truncate extends MachineInstruction {

        private final Truncation truncation;

        /**
         * Truncates.
         *
         * @param temporary a general register
         * @param other a floating-point register
         */
        Truncate(Truncation truncation, int result, int from, int temporary, int other) {
            this.truncation = truncation;
            operand(Role.DEFINE_EARLY, result);
            operand(Role.USE_LATE, from);
            operand(Role.DEFINE_EARLY, temporary);
            operand(Role.DEFINE_EARLY, other);
        }

        @Override
        void emit(Emission emission) {
            truncation.emit(
                    emission,
                    emission.location(0),
                    emission.location(1),
                    emission.location(2),
                    emission.location(3),
                    position());
        }

        @Override
        public String toString() {
            return truncation + " " + name(0, 8) + ", " + name(1, 8) + ", " + name(2, 8) + ", " + name(3, 8);
        }
    }

    /**
     * What to convert, and how. The instruction answers with the smallest number when the result does not fit: from that,
     * or from a 32-bit result that is not the 64-bit one, the rest is decided out of line.
     *
     * @param from the size of the float
     * @param to the size of the integer
     * @param saturates whether what is out of range becomes the closest number, and a NaN zero; else both trap
     */
    record Truncation(int from, int to, boolean signed, boolean saturates) {

        private Op convert() {
            return isDouble(from) ? Op.CVTTSD2SI : Op.CVTTSS2SI;
        }

        private Op compare() {
            return isDouble(from) ? Op.UCOMISD : Op.UCOMISS;
        }

        private void emit(Emission emission, int result, int value, int temporary, int floating, int position) {
            Assembler assembler = emission.assembler();
            int failed = assembler.newLabel();
            int done = assembler.newLabel();
            assembler.emit(convert(), 8, result, value);
            if (to == 8 && signed) {
                assembler.emit(Op.CMPI, 8, 0, result, 1);
                assembler.jump(Condition.O, failed);
            } else if (to == 8) {
                large(emission, result, value, floating, failed, done);
                assembler.emit(Op.TEST, 8, result, result);
                assembler.jump(Condition.S, failed);
            } else {
                assembler.emit(signed ? Op.MOVSXD : Op.LOAD, signed ? 8 : 4, temporary, result);
                assembler.emit(Op.CMP, 8, temporary, result);
                assembler.jump(Condition.NE, failed);
                assembler.emit(Op.LOAD, 4, result, result);
            }
            assembler.bind(done);
            emission.rarely(() -> {
                assembler.bind(failed);
                if (saturates) {
                    saturate(emission, result, value, floating, done);
                } else {
                    trap(emission, value, done, position);
                }
            });
        }

        /** From 2^63 on, an unsigned number is converted after subtracting that. */
        private void large(Emission emission, int result, int value, int floating, int failed, int done) {
            Assembler assembler = emission.assembler();
            int large = assembler.newLabel();
            Address limit = emission.constant(isDouble(from) ? TWO_TO_63_AS_DOUBLE : TWO_TO_63_AS_FLOAT);
            assembler.emit(compare(), 4, value, limit);
            assembler.jump(Condition.AE, large);
            emission.rarely(() -> {
                int tooLarge = assembler.newLabel();
                assembler.bind(large);
                assembler.emit(Op.MOVAPS, 4, floating, value);
                assembler.emit(isDouble(from) ? Op.SUBSD : Op.SUBSS, 4, floating, limit);
                assembler.emit(convert(), 8, result, floating);
                assembler.emit(Op.TEST, 8, result, result);
                assembler.jump(Condition.S, saturates ? tooLarge : failed);
                assembler.emit(Op.XOR, 8, result, emission.constant(Long.MIN_VALUE));
                assembler.jump(done);
                if (saturates) {
                    assembler.bind(tooLarge);
                    assembler.constant(result, -1);
                    assembler.jump(done);
                }
            });
        }

        private void trap(Emission emission, int value, int done, int position) {
            Assembler assembler = emission.assembler();
            assembler.emit(compare(), 4, value, value);
            assembler.jump(Condition.P, emission.trap(TrapCode.INVALID_CONVERSION_TO_INTEGER, position));
            if (to == 8 && signed) {
                // The smallest number may be the right result.
                long smallest = isDouble(from) ? 1L << 63 | TWO_TO_63_AS_DOUBLE : 1L << 31 | TWO_TO_63_AS_FLOAT;
                assembler.emit(compare(), 4, value, emission.constant(smallest));
                assembler.jump(Condition.E, done);
            }
            assembler.jump(emission.trap(TrapCode.INTEGER_OVERFLOW, position));
        }

        private void saturate(Emission emission, int result, int value, int floating, int done) {
            Assembler assembler = emission.assembler();
            int positive = assembler.newLabel();
            int unordered = assembler.newLabel();
            assembler.emit(Op.XORPS, 4, floating, floating);
            assembler.emit(compare(), 4, value, floating);
            assembler.jump(Condition.P, unordered);
            assembler.jump(Condition.A, positive);
            assembler.constant(result, signed ? smallest() : 0);
            assembler.jump(done);
            assembler.bind(positive);
            assembler.constant(result, largest());
            assembler.jump(done);
            assembler.bind(unordered);
            assembler.constant(result, 0);
            assembler.jump(done);
        }

        private long smallest() {
            return to == 8 ? Long.MIN_VALUE : 1L << 31;
        }

        private long largest() {
            if (to == 8) {
                return signed ? Long.MAX_VALUE : -1;
            }
            return signed ? Integer.MAX_VALUE : 0xFFFF_FFFFL;
        }

        @Override
        public String toString() {
            return "truncate" + from + "to" + to + (signed ? "s" : "u") + (saturates ? "sat" : "");
        }
    }
}

package dev.mayfly.compiler.x64;

import dev.mayfly.compiler.regalloc.Location;
import dev.mayfly.compiler.regalloc.Role;
import org.jspecify.annotations.Nullable;

/** Instructions that only put values into registers, and calls. */
final class Transfers {

    private Transfers() {}

    /** Copies all of a register to another of its class. */
    static final class Copy extends MachineInstruction {

        Copy(int to, int from) {
            operand(Role.DEFINE_ANYWHERE, to);
            operand(Role.USE_ANYWHERE, from);
        }

        @Override
        public boolean isMove() {
            return true;
        }

        @Override
        void emit(Emission emission) {
            emission.move(emission.location(1), emission.location(0));
        }

        @Override
        public String toString() {
            return "copy " + name(0, 8) + ", " + name(1, 8);
        }
    }

    /** Sets a general register to a constant. */
    static final class Constant extends MachineInstruction {

        private final long value;

        Constant(int to, long value) {
            operand(Role.DEFINE, to);
            this.value = value;
        }

        @Override
        void emit(Emission emission) {
            int register = emission.location(0);
            if (value == 0) {
                // Changes the flags, which nobody has set to be read behind a constant.
                emission.assembler().emit(Op.XOR, 4, register, register);
            } else {
                emission.assembler().constant(register, value);
            }
        }

        @Override
        public String toString() {
            return "const " + name(0, 8) + ", " + value;
        }
    }

    /** Sets a floating-point register to zero, which also rids what changes a part of it of waiting for the rest. */
    static final class Zero extends MachineInstruction {

        Zero(int to) {
            operand(Role.DEFINE, to);
        }

        @Override
        void emit(Emission emission) {
            assembleZero(emission.assembler(), emission.location(0));
        }

        private static void assembleZero(Assembler assembler, int register) {
            assembler.emit(Op.XORPS, 4, register, register);
        }

        @Override
        public String toString() {
            return "zero " + name(0, 8);
        }
    }

    /** Loads a float from the constants behind the code. */
    static final class FloatConstant extends MachineInstruction {

        private final int size;
        private final long bits;

        FloatConstant(int to, int size, long bits) {
            operand(Role.DEFINE, to);
            this.size = size;
            this.bits = bits;
        }

        @Override
        void emit(Emission emission) {
            Op op = size == 4 ? Op.MOVSS : Op.MOVSD;
            emission.assembler().emit(op, size, emission.location(0), emission.constant(bits));
        }

        @Override
        public String toString() {
            return "float " + name(0, 8) + ", 0x" + Long.toHexString(bits);
        }
    }

    /** Combines a floating-point register with a constant of 128 bits. */
    static final class Mask extends MachineInstruction {

        private final Op op;
        private final long low;

        Mask(Op op, int register, long low) {
            operand(Role.MODIFY, register);
            this.op = op;
            this.low = low;
        }

        @Override
        void emit(Emission emission) {
            emission.assembler().emit(op, 4, emission.location(0), emission.constant(low, 0));
        }

        @Override
        public String toString() {
            return op.mnemonic(8) + " " + name(0, 8) + ", 0x" + Long.toHexString(low);
        }
    }

    /** Extends the sign of {@code rax} into {@code rdx}. */
    static final class ExtendAccumulator extends MachineInstruction {

        private final int size;

        ExtendAccumulator(int size) {
            this.size = size;
            operand(Role.DEFINE, Registers.RDX);
            operand(Role.USE, Registers.RAX);
        }

        @Override
        void emit(Emission emission) {
            emission.assembler().extendAccumulator(size);
        }

        @Override
        public String toString() {
            return size == 8 ? "cqo" : "cdq";
        }
    }

    /** Calls; arguments are in their places already, results will be. */
    static final class Call extends MachineInstruction {

        private final @Nullable Reference target;

        Call(Reference target) {
            this.target = target;
        }

        /** @param address a register with the address of the code */
        Call(int address) {
            this.target = null;
            operand(Role.USE_ANYWHERE, address);
        }

        void passes(int register) {
            operand(Role.USE, register);
        }

        void answers(int register) {
            operand(Role.DEFINE, register);
        }

        @Override
        public boolean isCall() {
            return true;
        }

        @Override
        void emit(Emission emission) {
            if (target != null) {
                emission.assembler().call(target);
            } else {
                callRegister(emission, emission.location(0));
            }
            emission.called(position());
        }

        private static void callRegister(Emission emission, int location) {
            if (Location.isSlot(location)) {
                emission.assembler().emit(Op.CALL_REGISTER, 8, 0, emission.slot(location));
            } else {
                emission.assembler().emit(Op.CALL_REGISTER, 8, 0, location);
            }
        }

        @Override
        public String toString() {
            return "call " + (target == null ? name(0, 8) : target.toString());
        }
    }
}

package dev.mayfly.compiler.x64;

import dev.mayfly.abi.TrapCode;
import dev.mayfly.compiler.regalloc.Role;
import java.util.Arrays;
import java.util.Locale;

/** The instructions that leave a block, or the function. */
final class ControlFlow {

    private ControlFlow() {}

    static final class Jump extends MachineInstruction {

        private final int target;

        Jump(int target) {
            this.target = target;
        }

        @Override
        void emit(Emission emission) {
            if (!emission.isNext(target)) {
                emission.assembler().jump(emission.labelOf(target));
            }
        }

        @Override
        public String toString() {
            return "jmp block" + target;
        }
    }

    static final class Branch extends MachineInstruction {

        private final Flags flags;
        private final int then;
        private final int otherwise;

        Branch(Flags flags, int then, int otherwise) {
            this.flags = flags;
            this.then = then;
            this.otherwise = otherwise;
        }

        Flags flags() {
            return flags;
        }

        @Override
        void emit(Emission emission) {
            flags.branch(
                    emission.assembler(),
                    emission.labelOf(then),
                    emission.labelOf(otherwise),
                    emission.isNext(then),
                    emission.isNext(otherwise));
        }

        @Override
        public String toString() {
            return "j" + flags + " block" + then + ", block" + otherwise;
        }
    }

    /** Goes to the block that a number from 0 says, or to the last one if the number is too large. */
    static final class Switch extends MachineInstruction {

        private final int[] targets;
        private final int index;
        private final int temporary;
        private final int table;

        Switch(int index, int temporary, int table, int[] targets) {
            this.targets = targets;
            this.index = operand(Role.USE, index);
            this.temporary = operand(Role.DEFINE_EARLY, temporary);
            this.table = operand(Role.DEFINE_EARLY, table);
        }

        @Override
        void emit(Emission emission) {
            Assembler assembler = emission.assembler();
            int number = emission.location(temporary);
            int start = emission.location(table);
            assembler.constant(number, targets.length - 1);
            assembler.emit(Op.CMP, 4, emission.location(index), number);
            assembler.emit(Op.CMOV, Condition.B, 4, number, emission.location(index));
            assembler.emit(Op.LEA, 8, start, Address.of(Reference.label(emission.jumpTable(targets))));
            assembler.emit(Op.MOVSXD, 8, number, Address.indexed(start, number, 2, 0));
            assembler.emit(Op.ADD, 8, number, start);
            assembler.emit(Op.JUMP_REGISTER, 8, 0, number);
        }

        @Override
        public String toString() {
            return "switch " + name(index, 4) + " " + Arrays.toString(targets) + ", " + name(temporary, 8) + ", "
                    + name(table, 8);
        }
    }

    /** Returns; what it returns is already in its place. */
    static final class Return extends MachineInstruction {

        Return(int... registers) {
            for (int register : registers) {
                operand(Role.USE, register);
            }
        }

        @Override
        void emit(Emission emission) {
            emission.epilogue();
        }

        @Override
        public String toString() {
            return "ret";
        }
    }

    static final class Trap extends MachineInstruction {

        private final TrapCode code;

        Trap(TrapCode code) {
            this.code = code;
        }

        @Override
        void emit(Emission emission) {
            emission.assembler().jump(emission.trap(code, position()));
        }

        @Override
        public String toString() {
            return "trap " + code.name().toLowerCase(Locale.ROOT);
        }
    }

    static final class TrapIf extends MachineInstruction {

        private final Flags flags;
        private final TrapCode code;

        TrapIf(Flags flags, TrapCode code) {
            this.flags = flags;
            this.code = code;
        }

        Flags flags() {
            return flags;
        }

        @Override
        void emit(Emission emission) {
            int next = emission.assembler().newLabel();
            flags.branch(emission.assembler(), emission.trap(code, position()), next, false, true);
            emission.assembler().bind(next);
        }

        @Override
        public String toString() {
            return "trap" + flags + " " + code.name().toLowerCase(Locale.ROOT);
        }
    }
}

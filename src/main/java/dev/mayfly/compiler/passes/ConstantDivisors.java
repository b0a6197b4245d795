package dev.mayfly.compiler.passes;

import dev.mayfly.compiler.ssa.Blocks;
import dev.mayfly.compiler.ssa.Constants;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.Instructions;
import dev.mayfly.compiler.ssa.Opcode;
import dev.mayfly.compiler.ssa.Type;

/**
 * Multiplies by the reciprocal instead of dividing 32-bit numbers by a constant (Granlund and Montgomery, "Division by
 * Invariant Integers using Multiplication", 1994). Where a product takes more than 64 bits, the division stays.
 */
final class ConstantDivisors implements Pass {

    private static final int BITS = 32;

    @Override
    public void run(Function function) {
        Instructions instructions = function.instructions();
        Blocks blocks = function.blocks();
        Substitution substitution = new Substitution(function);
        for (int i = 0; i < blocks.ordered(); i++) {
            int instruction = blocks.firstInstruction(blocks.inOrder(i));
            while (instruction != Instructions.NONE) {
                int next = instructions.next(instruction);
                switch (instructions.opcode(instruction)) {
                    case DIV_S, DIV_U, REM_S, REM_U -> new Division(function, instruction, substitution).replace();
                    default -> {}
                }
                instruction = next;
            }
        }
        substitution.apply(function);
    }

    /** One division, before which its replacement is put. */
    private static final class Division {

        private final Function function;
        private final Instructions instructions;
        private final Operand operand;
        private final Substitution substitution;
        private final int instruction;
        private final int dividend;
        private final int divisor;

        Division(Function function, int instruction, Substitution substitution) {
            this.function = function;
            this.substitution = substitution;
            this.instruction = instruction;
            instructions = function.instructions();
            operand = new Operand(function);
            dividend = instructions.argument(instruction, 0);
            divisor = instructions.argument(instruction, 1);
        }

        void replace() {
            if (function.values().type(dividend) != Type.I32 || !operand.isConstant(divisor)) {
                return;
            }
            int number = (int) operand.constant(divisor);
            switch (instructions.opcode(instruction)) {
                case DIV_U, REM_U -> replaceUnsigned(number);
                default -> replaceSigned(number);
            }
        }

        private void replaceUnsigned(int number) {
            if (Integer.compareUnsigned(number, 3) < 0 || Integer.bitCount(number) == 1) {
                return;
            }
            long by = Integer.toUnsignedLong(number);
            int wide = unary(Opcode.EXTEND_U, Type.I64, dividend);
            for (int shift = 0; 1L << shift < by; shift++) {
                long scale = 1L << shift << BITS;
                long reciprocal = Long.divideUnsigned(scale - 1, by) + 1;
                if (reciprocal >>> BITS == 0 && reciprocal * by - scale <= 1L << shift) {
                    int product = binary(Opcode.MUL, wide, constant(Type.I64, reciprocal));
                    int quotient = binary(Opcode.SHR_U, product, constant(Type.I64, BITS + shift));
                    finish(unary(Opcode.WRAP, Type.I32, quotient));
                    return;
                }
            }
            replaceByLargerReciprocal(by, wide);
        }

        /** The reciprocal has 33 bits, the highest of which is left out and accounted for afterwards. */
        private void replaceByLargerReciprocal(long by, int wide) {
            int shift = BITS - Long.numberOfLeadingZeros(by - 1) + BITS;
            long reciprocal = Long.divideUnsigned(((1L << shift) - by) << BITS, by) + 1;
            int product = binary(Opcode.MUL, wide, constant(Type.I64, reciprocal));
            int high = unary(Opcode.WRAP, Type.I32, binary(Opcode.SHR_U, product, constant(Type.I64, BITS)));
            int rest = binary(Opcode.SHR_U, binary(Opcode.SUB, dividend, high), constant(Type.I32, 1));
            int sum = binary(Opcode.ADD, rest, high);
            finish(binary(Opcode.SHR_U, sum, constant(Type.I32, shift - 1)));
        }

        private void replaceSigned(int number) {
            long by = Math.abs((long) number);
            if (by < 2) {
                return;
            }
            int log = Long.SIZE - Long.numberOfLeadingZeros(by - 1);
            long reciprocal = (1L << (BITS + log - 1)) / by + 1;
            int wide = unary(Opcode.EXTEND_S, Type.I64, dividend);
            int product = binary(Opcode.MUL, wide, constant(Type.I64, reciprocal));
            int shifted = binary(Opcode.SHR_S, product, constant(Type.I64, BITS + log - 1));
            int floor = unary(Opcode.WRAP, Type.I32, shifted);
            int sign = binary(Opcode.SHR_S, dividend, constant(Type.I32, BITS - 1));
            finish(number > 0 ? binary(Opcode.SUB, floor, sign) : binary(Opcode.SUB, sign, floor));
        }

        private void finish(int quotient) {
            Opcode opcode = instructions.opcode(instruction);
            if (opcode == Opcode.DIV_S || opcode == Opcode.DIV_U) {
                substitution.replace(instructions.result(instruction), quotient);
                function.remove(instruction);
            } else {
                int multiple = binary(Opcode.MUL, quotient, divisor);
                instructions.rewrite(instruction, Opcode.SUB, 0, 0, dividend, multiple);
            }
        }

        private int constant(Type type, long bits) {
            return append(Opcode.CONST, type, Constants.canonical(type, bits));
        }

        private int unary(Opcode opcode, Type type, int argument) {
            return append(opcode, type, 0, argument);
        }

        private int binary(Opcode opcode, int left, int right) {
            return append(opcode, function.values().type(left), 0, left, right);
        }

        private int append(Opcode opcode, Type type, long immediate, int... arguments) {
            int created =
                    function.createInstruction(opcode, immediate, 0, instructions.position(instruction), arguments);
            function.insertBefore(instruction, created);
            return function.addResult(created, type);
        }
    }
}

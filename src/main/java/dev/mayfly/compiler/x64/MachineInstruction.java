package dev.mayfly.compiler.x64;

import dev.mayfly.compiler.regalloc.Instruction;
import dev.mayfly.compiler.regalloc.Role;
import java.util.Arrays;

/** An instruction, or a fixed sequence of some, whose registers may be virtual until it is encoded. */
abstract class MachineInstruction implements Instruction {

    private int[] registers = new int[3];
    private Role[] roles = new Role[3];
    private int count;

    /** Where the WebAssembly instruction that it stems from begins, in bytes from the start of the module. */
    private int position;

    /** Adds an operand and says its index. */
    final int operand(Role role, int register) {
        if (count == registers.length) {
            registers = Arrays.copyOf(registers, count * 2);
            roles = Arrays.copyOf(roles, count * 2);
        }
        registers[count] = register;
        roles[count] = role;
        return count++;
    }

    final void at(int newPosition) {
        position = newPosition;
    }

    final int position() {
        return position;
    }

    @Override
    public final int operandCount() {
        return count;
    }

    @Override
    public final int register(int operand) {
        return registers[operand];
    }

    @Override
    public final Role role(int operand) {
        return roles[operand];
    }

    @Override
    public boolean isCall() {
        return false;
    }

    @Override
    public boolean isMove() {
        return false;
    }

    /** Encodes it, with its operands where the emission says. */
    abstract void emit(Emission emission);

    /** As assembly language, with registers as they are. */
    @Override
    public abstract String toString();

    final String name(int operand, int bytes) {
        return MachinePrinter.register(registers[operand], bytes);
    }
}

package dev.mayfly.compiler.regalloc;

/** A machine instruction, as far as register allocation is concerned. */
public interface Instruction {

    int operandCount();

    /** The register of an operand: a physical one, or a virtual one of {@link Location#FIRST_VIRTUAL} and up. */
    int register(int operand);

    Role role(int operand);

    /** Whether it destroys the registers of {@link RegisterFile#callClobbered()}, late, besides its operands. */
    boolean isCall();

    /** Whether it does nothing but copy its second operand to its first, so that both had better be in one place. */
    boolean isMove();
}

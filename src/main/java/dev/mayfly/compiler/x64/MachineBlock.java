package dev.mayfly.compiler.x64;

import dev.mayfly.compiler.regalloc.Block;
import java.util.ArrayList;
import java.util.List;

/** A basic block of machine instructions. */
final class MachineBlock implements Block {

    private static final int[] NONE = {};

    private final int loopDepth;
    private List<MachineInstruction> instructions = new ArrayList<>();
    private int[] successors = NONE;
    private int[] parameters = NONE;
    private int[] arguments = NONE;

    MachineBlock(int loopDepth) {
        this.loopDepth = loopDepth;
    }

    void setInstructions(List<MachineInstruction> newInstructions) {
        instructions = newInstructions;
    }

    void setSuccessors(int... newSuccessors) {
        successors = newSuccessors;
    }

    void setParameters(int[] newParameters) {
        parameters = newParameters;
    }

    void setArguments(int[] newArguments) {
        arguments = newArguments;
    }

    @Override
    public List<MachineInstruction> instructions() {
        return instructions;
    }

    @Override
    public int[] successors() {
        return successors;
    }

    @Override
    public int[] parameters() {
        return parameters;
    }

    @Override
    public int[] arguments() {
        return arguments;
    }

    @Override
    public int loopDepth() {
        return loopDepth;
    }
}

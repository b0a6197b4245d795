package dev.mayfly.compiler.regalloc;

import java.util.List;

/** Where the operands of a function's instructions are, and the moves to put between the instructions. */
public final class Allocation {

    private final int[] firstOperand;
    private final int[] locations;
    private final int[][] parameters;
    private final List<Move> moves;
    private final int slotCount;
    private final long usedRegisters;

    /**
     * @param firstOperand for each instruction, the index of its first operand in the locations
     * @param parameters the locations of each block's parameters
     */
    Allocation(
            int[] firstOperand,
            int[] locations,
            int[][] parameters,
            List<Move> moves,
            int slotCount,
            long usedRegisters) {
        this.firstOperand = firstOperand;
        this.locations = locations;
        this.parameters = parameters;
        this.moves = List.copyOf(moves);
        this.slotCount = slotCount;
        this.usedRegisters = usedRegisters;
    }

    /** Of an operand of an instruction; instructions are numbered in the order of the code. */
    public int location(int instruction, int operand) {
        return locations[firstOperand[instruction] + operand];
    }

    /** Of a block's parameter when the block begins. */
    public int parameterLocation(int block, int parameter) {
        return parameters[block][parameter];
    }

    /** In the order in which they are to be made, so in the order of their instructions. */
    public List<Move> moves() {
        return moves;
    }

    /** How many spill slots there are. */
    public int slotCount() {
        return slotCount;
    }

    /** The physical registers given to virtual ones, as a set of bits. */
    public long usedRegisters() {
        return usedRegisters;
    }
}

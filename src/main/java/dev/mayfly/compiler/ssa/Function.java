package dev.mayfly.compiler.ssa;

import java.util.List;

/**
 * One function under compilation. The parameters of its {@link #ENTRY} block are the function's. This class holds the
 * operations that concern more than one of the tables; each keeps blocks, edges and instructions linked in both directions.
 */
public final class Function {

    /** The block where it begins; no edge leads to it. */
    public static final int ENTRY = 0;

    private final String name;
    private final List<Type> results;
    private final Values values = new Values();
    private final Instructions instructions = new Instructions();
    private final Blocks blocks = new Blocks();
    private final Edges edges = new Edges();

    /**
     * Makes a function with an entry block and no instructions.
     *
     * @param name for people
     */
    public Function(String name, List<Type> parameters, List<Type> results) {
        this.name = name;
        this.results = List.copyOf(results);
        createBlock();
        for (Type parameter : parameters) {
            addParameter(ENTRY, parameter);
        }
    }

    public String name() {
        return name;
    }

    /** The types of what it returns. */
    public List<Type> results() {
        return results;
    }

    public Values values() {
        return values;
    }

    public Instructions instructions() {
        return instructions;
    }

    public Blocks blocks() {
        return blocks;
    }

    public Edges edges() {
        return edges;
    }

    /** Makes an empty block at the end of the order. */
    public int createBlock() {
        int block = createDetachedBlock();
        blocks.appendToOrder(block);
        return block;
    }

    /** Makes an empty block that is not in the order yet. */
    public int createDetachedBlock() {
        return blocks.create();
    }

    /** Puts a detached block at the end of the order. */
    public void attachBlock(int block) {
        blocks.appendToOrder(block);
    }

    /** Gives a block another parameter; every edge that leads to it must get an argument. */
    public int addParameter(int block, Type type) {
        int value = values.createParameter(type, block);
        blocks.addParameter(block, value);
        return value;
    }

    /** Takes the parameters whose places are marked from a block, and the arguments for them from the edges that lead there. */
    public void removeParameters(int block, boolean[] marked) {
        blocks.removeParameters(block, marked);
        for (int i = 0; i < blocks.predecessorCount(block); i++) {
            edges.removeArguments(blocks.predecessor(block, i), marked);
        }
    }

    /** Makes an instruction that stands nowhere yet. */
    public int createInstruction(Opcode opcode, long immediate, int auxiliary, int position, int... arguments) {
        int instruction = instructions.create(opcode, immediate, auxiliary, position, arguments.length);
        for (int argument : arguments) {
            instructions.addArgument(instruction, argument);
        }
        return instruction;
    }

    /** Gives an instruction that was just made another result. */
    public int addResult(int instruction, Type type) {
        int value = values.createResult(type, instruction);
        instructions.addResult(instruction, value);
        return value;
    }

    /** Puts an instruction at the end of a block. */
    public void append(int block, int instruction) {
        int last = blocks.lastInstruction(block);
        instructions.place(instruction, block);
        instructions.link(last, instruction);
        if (last == Instructions.NONE) {
            blocks.setFirst(block, instruction);
        }
        blocks.setLast(block, instruction);
    }

    /** Puts an instruction at the beginning of a block. */
    public void prepend(int block, int instruction) {
        int first = blocks.firstInstruction(block);
        if (first == Instructions.NONE) {
            append(block, instruction);
        } else {
            insertBefore(first, instruction);
        }
    }

    /** Puts an instruction before another. */
    public void insertBefore(int other, int instruction) {
        int block = instructions.block(other);
        int previous = instructions.previous(other);
        instructions.place(instruction, block);
        instructions.link(previous, instruction);
        instructions.link(instruction, other);
        if (previous == Instructions.NONE) {
            blocks.setFirst(block, instruction);
        }
    }

    /** Takes an instruction out of its block. Nobody may use its results any more. */
    public void remove(int instruction) {
        int block = instructions.block(instruction);
        int previous = instructions.previous(instruction);
        int next = instructions.next(instruction);
        instructions.link(previous, next);
        instructions.link(Instructions.NONE, instruction);
        instructions.link(instruction, Instructions.NONE);
        if (previous == Instructions.NONE) {
            blocks.setFirst(block, next);
        }
        if (next == Instructions.NONE) {
            blocks.setLast(block, previous);
        }
        instructions.place(instruction, Blocks.NONE);
    }

    /** Puts an instruction at the end of a block, away from where it is. */
    public void moveToEnd(int block, int instruction) {
        remove(instruction);
        append(block, instruction);
    }

    /** Lets the edges that leave one block leave another, behind those that leave it already. */
    public void moveEdges(int from, int to) {
        for (int i = 0; i < blocks.successorCount(from); i++) {
            edges.setSource(blocks.successor(from, i), to);
            blocks.addSuccessor(to, blocks.successor(from, i));
        }
        blocks.clearSuccessors(from);
    }

    /** Adds an edge, behind those that leave the source already; its arguments are to be added. */
    public int addEdge(int source, int target) {
        int edge = edges.create(source, target, blocks.parameterCount(target));
        blocks.addSuccessor(source, edge);
        arrive(edge, target);
        return edge;
    }

    /** Takes an edge away from both of its blocks. */
    public void removeEdge(int edge) {
        blocks.removeSuccessor(edges.source(edge), edge);
        depart(edge);
    }

    /** Lets an edge lead to another block; it then has no arguments. */
    public void retarget(int edge, int block) {
        depart(edge);
        edges.setTarget(edge, block);
        edges.clearArguments(edge);
        arrive(edge, block);
    }

    private void arrive(int edge, int target) {
        edges.setPlace(edge, blocks.predecessorCount(target));
        blocks.addPredecessor(target, edge);
    }

    private void depart(int edge) {
        int target = edges.target(edge);
        int last = blocks.predecessor(target, blocks.predecessorCount(target) - 1);
        blocks.removePredecessorAt(target, edges.place(edge));
        edges.setPlace(last, edges.place(edge));
    }
}

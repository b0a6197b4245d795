package dev.mayfly.compiler.ssa;

import dev.mayfly.abi.TrapCode;

/** Appends instructions to the blocks of a function, giving each the current source position. */
public final class FunctionBuilder {

    private final Function function;
    private int block = Function.ENTRY;
    private int position;

    public FunctionBuilder(Function function) {
        this.function = function;
    }

    public Function function() {
        return function;
    }

    /** The block that instructions are appended to. */
    public int block() {
        return block;
    }

    public void continueIn(int otherBlock) {
        block = otherBlock;
    }

    /** Sets the position, in bytes from the start of the module, of what is appended from here on. */
    public void at(int newPosition) {
        position = newPosition;
    }

    /** Appends any instruction and says its number; results are to be added. */
    public int append(Opcode opcode, long immediate, int auxiliary, int... arguments) {
        int instruction = function.createInstruction(opcode, immediate, auxiliary, position, arguments);
        function.append(block, instruction);
        return instruction;
    }

    /** Appends an instruction with one result and says its value. */
    public int value(Type type, Opcode opcode, long immediate, int auxiliary, int... arguments) {
        return function.addResult(append(opcode, immediate, auxiliary, arguments), type);
    }

    /** A constant of any type from its bits. */
    public int constant(Type type, long bits) {
        return value(type, Opcode.CONST, Constants.canonical(type, bits), 0);
    }

    /** An operation whose result is of its first argument's type. */
    public int operate(Opcode opcode, int... arguments) {
        return value(typeOf(arguments[0]), opcode, 0, 0, arguments);
    }

    /** An operation of one argument whose result is of another type. */
    public int convert(Opcode opcode, Type type, int argument) {
        return value(type, opcode, 0, 0, argument);
    }

    public int compare(IntCondition condition, int left, int right) {
        return value(Type.I32, Opcode.ICMP, 0, condition.ordinal(), left, right);
    }

    public int compare(FloatCondition condition, int left, int right) {
        return value(Type.I32, Opcode.FCMP, 0, condition.ordinal(), left, right);
    }

    public int select(int condition, int then, int otherwise) {
        return value(typeOf(then), Opcode.SELECT, 0, 0, condition, then, otherwise);
    }

    /** A load with its offset, unsigned, and the logarithm of its promised alignment. */
    public int load(Opcode opcode, Type type, int address, long offset, int alignment) {
        return value(type, opcode, offset, alignment, address);
    }

    public void store(Opcode opcode, int address, int stored, long offset, int alignment) {
        append(opcode, offset, alignment, address, stored);
    }

    /** Calls a routine and says its result; {@link Values#NONE} where it has none. */
    public int builtin(Builtin builtin, int... arguments) {
        int instruction = append(Opcode.BUILTIN, 0, builtin.ordinal(), arguments);
        return builtin.answers() ? function.addResult(instruction, Type.I32) : Values.NONE;
    }

    public void trapIf(int condition, TrapCode code) {
        append(Opcode.TRAP_IF, 0, code.ordinal(), condition);
    }

    public void trap(TrapCode code) {
        append(Opcode.TRAP, 0, code.ordinal());
    }

    /** Ends the block with a jump and says its edge. */
    public int jump(int target, int... arguments) {
        append(Opcode.JUMP, 0, 0);
        return edge(target, arguments);
    }

    /** Ends the block with a branch; its two edges are to be added, the one for a true condition first. */
    public void branch(int condition) {
        append(Opcode.BRANCH, 0, 0, condition);
    }

    /** Ends the block with a switch; its edges are to be added, the default last. */
    public void switchOn(int index) {
        append(Opcode.SWITCH, 0, 0, index);
    }

    /** Adds an edge from the current block. */
    public int edge(int target, int... arguments) {
        int edge = function.addEdge(block, target);
        for (int argument : arguments) {
            function.edges().addArgument(edge, argument);
        }
        return edge;
    }

    public void returnValues(int... values) {
        append(Opcode.RETURN, 0, 0, values);
    }

    private Type typeOf(int value) {
        return function.values().type(value);
    }
}

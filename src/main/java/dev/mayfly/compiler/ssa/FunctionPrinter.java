package dev.mayfly.compiler.ssa;

import java.util.stream.Collectors;

/**
 * Writes a function as text that {@link FunctionParser} reads. A line is a block's head or an instruction:
 *
 * <pre>
 * function max -&gt; i32
 * block0(v0:i32, v1:i32):
 *     v2:i32 = icmp.gt_s v0, v1
 *     branch v2, block1(v0), block1(v1)
 * block1(v3:i32):
 *     return v3
 * </pre>
 */
public final class FunctionPrinter {

    private final Function function;
    private final boolean positions;
    private final StringBuilder text = new StringBuilder();

    private FunctionPrinter(Function function, boolean positions) {
        this.function = function;
        this.positions = positions;
    }

    public static String print(Function function) {
        return new FunctionPrinter(function, false).print();
    }

    /** The same with each instruction's source position behind an {@code @}, in hexadecimal. */
    public static String printWithPositions(Function function) {
        return new FunctionPrinter(function, true).print();
    }

    private String print() {
        text.append("function ").append(function.name());
        if (!function.results().isEmpty()) {
            text.append(function.results().stream().map(Type::toString).collect(Collectors.joining(", ", " -> ", "")));
        }
        text.append('\n');
        for (int i = 0; i < function.blocks().ordered(); i++) {
            block(function.blocks().inOrder(i));
        }
        return text.toString();
    }

    private void block(int block) {
        Blocks blocks = function.blocks();
        text.append("block").append(block);
        for (int i = 0; i < blocks.parameterCount(block); i++) {
            definition(i == 0 ? "(" : ", ", blocks.parameter(block, i));
        }
        text.append(blocks.parameterCount(block) == 0 ? ":\n" : "):\n");
        int instruction = blocks.firstInstruction(block);
        while (instruction != Instructions.NONE) {
            instruction(instruction);
            instruction = function.instructions().next(instruction);
        }
    }

    private void instruction(int instruction) {
        Instructions instructions = function.instructions();
        text.append("    ");
        for (int i = 0; i < instructions.resultCount(instruction); i++) {
            definition(i == 0 ? "" : ", ", instructions.result(instruction, i));
        }
        text.append(instructions.resultCount(instruction) == 0 ? "" : " = ");
        operation(instruction);
        operands(instruction);
        if (positions) {
            text.append(" @").append(Integer.toHexString(instructions.position(instruction)));
        }
        text.append('\n');
    }

    private void definition(String separator, int value) {
        text.append(separator)
                .append('v')
                .append(value)
                .append(':')
                .append(function.values().type(value));
    }

    private void operation(int instruction) {
        Instructions instructions = function.instructions();
        Opcode opcode = instructions.opcode(instruction);
        String modifier = Notation.modifier(opcode, instructions.auxiliary(instruction), accessedType(instruction));
        text.append(opcode);
        if (!modifier.isEmpty()) {
            text.append('.').append(modifier);
        }
    }

    /** What a memory access loads or stores. */
    private Type accessedType(int instruction) {
        Instructions instructions = function.instructions();
        if (instructions.resultCount(instruction) > 0) {
            return function.values().type(instructions.result(instruction));
        }
        int arguments = instructions.argumentCount(instruction);
        return arguments == 0 ? Type.I32 : function.values().type(instructions.argument(instruction, arguments - 1));
    }

    private void operands(int instruction) {
        Instructions instructions = function.instructions();
        Opcode opcode = instructions.opcode(instruction);
        String separator = " ";
        if (Notation.immediateComesFirst(opcode)) {
            text.append(separator).append(immediate(instruction));
            separator = ", ";
        }
        for (int i = 0; i < instructions.argumentCount(instruction); i++) {
            text.append(separator).append('v').append(instructions.argument(instruction, i));
            separator = ", ";
        }
        if (Notation.immediateComesLast(opcode)) {
            text.append(separator).append(immediate(instruction));
        }
        if (opcode.isTerminator()) {
            edges(separator, instructions.block(instruction));
        }
    }

    private String immediate(int instruction) {
        Instructions instructions = function.instructions();
        long immediate = instructions.immediate(instruction);
        return instructions.opcode(instruction) == Opcode.CONST
                ? Constants.text(function.values().type(instructions.result(instruction)), immediate)
                : Long.toString(immediate);
    }

    private void edges(String separator, int block) {
        String between = separator;
        for (int i = 0; i < function.blocks().successorCount(block); i++) {
            int edge = function.blocks().successor(block, i);
            text.append(between).append("block").append(function.edges().target(edge));
            for (int a = 0; a < function.edges().argumentCount(edge); a++) {
                text.append(a == 0 ? "(v" : ", v").append(function.edges().argument(edge, a));
            }
            text.append(function.edges().argumentCount(edge) == 0 ? "" : ")");
            between = ", ";
        }
    }
}

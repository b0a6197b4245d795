package dev.mayfly.compiler.interpreter;

import dev.mayfly.compiler.ssa.Blocks;
import dev.mayfly.compiler.ssa.Edges;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.Instructions;
import dev.mayfly.compiler.ssa.Opcode;
import dev.mayfly.compiler.ssa.Type;
import dev.mayfly.compiler.ssa.Values;

/** Executes one call of a function. */
final class Interpreter {

    private final Instance instance;
    private final Function function;
    private final Instructions instructions;
    private final Values types;
    private final long[] values;

    private Interpreter(Instance instance, Function function) {
        this.instance = instance;
        this.function = function;
        this.instructions = function.instructions();
        this.types = function.values();
        this.values = new long[types.count()];
    }

    static long[] call(Instance instance, Function function, long[] arguments) {
        return new Interpreter(instance, function).run(arguments);
    }

    private long[] run(long[] arguments) {
        Blocks blocks = function.blocks();
        for (int i = 0; i < arguments.length; i++) {
            values[blocks.parameter(Function.ENTRY, i)] = arguments[i];
        }
        int block = Function.ENTRY;
        while (true) {
            int instruction = blocks.firstInstruction(block);
            while (instruction != blocks.lastInstruction(block)) {
                execute(instruction);
                instruction = instructions.next(instruction);
            }
            switch (instructions.opcode(instruction)) {
                case RETURN -> {
                    return arguments(instruction, 0);
                }
                case TRAP -> throw new TrapException(instructions.trapCode(instruction));
                case JUMP -> block = follow(block, 0);
                case BRANCH -> block = follow(block, argument(instruction, 0) != 0 ? 0 : 1);
                default -> {
                    long index = Integer.toUnsignedLong((int) argument(instruction, 0));
                    block = follow(block, (int) Math.min(index, blocks.successorCount(block) - 1));
                }
            }
        }
    }

    private int follow(int block, int successor) {
        Edges edges = function.edges();
        int edge = function.blocks().successor(block, successor);
        int target = edges.target(edge);
        long[] passed = new long[edges.argumentCount(edge)];
        for (int i = 0; i < passed.length; i++) {
            passed[i] = values[edges.argument(edge, i)];
        }
        for (int i = 0; i < passed.length; i++) {
            values[function.blocks().parameter(target, i)] = passed[i];
        }
        return target;
    }

    private void execute(int instruction) {
        switch (instructions.opcode(instruction)) {
            case CONST -> set(instruction, instructions.immediate(instruction));
            case ICMP -> set(instruction, compareIntegers(instruction));
            case FCMP -> set(instruction, compareFloats(instruction));
            case SELECT ->
                set(instruction, argument(instruction, 0) != 0 ? argument(instruction, 1) : argument(instruction, 2));
            case TRAP_IF -> {
                if (argument(instruction, 0) != 0) {
                    throw new TrapException(instructions.trapCode(instruction));
                }
            }
            case CALL -> call(instruction, instance.function((int) instructions.immediate(instruction)), 0);
            case CALL_INDIRECT -> call(instruction, instance.references().function(argument(instruction, 0)), 1);
            case BUILTIN -> {
                long result = instance.builtin(instructions.builtin(instruction), arguments(instruction, 0));
                if (instructions.resultCount(instruction) > 0) {
                    set(instruction, result);
                }
            }
            case LOAD, LOAD8_S, LOAD8_U, LOAD16_S, LOAD16_U, LOAD32_S, LOAD32_U -> load(instruction);
            case STORE, STORE8, STORE16, STORE32 -> store(instruction);
            default -> executeState(instruction);
        }
    }

    private void executeState(int instruction) {
        int index = (int) instructions.immediate(instruction);
        switch (instructions.opcode(instruction)) {
            case MEMORY_BYTES -> set(instruction, instance.memory().size());
            case GLOBAL_GET -> set(instruction, instance.global(index).value);
            case GLOBAL_SET -> instance.global(index).value = argument(instruction, 0);
            case TABLE_SIZE -> set(instruction, instance.table(index).size());
            case TABLE_LOAD -> set(instruction, instance.table(index).get((int) argument(instruction, 0)));
            case TABLE_STORE -> instance.table(index).set((int) argument(instruction, 0), argument(instruction, 1));
            case FUNCTION_REFERENCE -> set(instruction, instance.references().of(instance.function(index)));
            case REFERENCE_TYPE ->
                set(instruction, instance.typeNumber(instance.references().function(argument(instruction, 0))));
            case REFERENCE_CODE -> set(instruction, argument(instruction, 0));
            default -> compute(instruction);
        }
    }

    private void compute(int instruction) {
        Opcode opcode = instructions.opcode(instruction);
        Type result = types.type(instructions.result(instruction));
        long a = argument(instruction, 0);
        if (instructions.argumentCount(instruction) == 1) {
            set(instruction, Arithmetic.unary(opcode, argumentType(instruction), result, a));
        } else {
            set(instruction, Arithmetic.binary(opcode, result, a, argument(instruction, 1)));
        }
    }

    private long compareIntegers(int instruction) {
        long a = argument(instruction, 0);
        long b = argument(instruction, 1);
        int unsigned = Long.compareUnsigned(a, b);
        boolean holds =
                switch (instructions.intCondition(instruction)) {
                    case EQ -> a == b;
                    case NE -> a != b;
                    case LT_S -> a < b;
                    case GT_S -> a > b;
                    case LE_S -> a <= b;
                    case GE_S -> a >= b;
                    case LT_U -> unsigned < 0;
                    case GT_U -> unsigned > 0;
                    case LE_U -> unsigned <= 0;
                    case GE_U -> unsigned >= 0;
                };
        return holds ? 1 : 0;
    }

    private long compareFloats(int instruction) {
        boolean narrow = argumentType(instruction) == Type.F32;
        long left = argument(instruction, 0);
        long right = argument(instruction, 1);
        double a = narrow ? Arithmetic.single(left) : Arithmetic.number(left);
        double b = narrow ? Arithmetic.single(right) : Arithmetic.number(right);
        boolean holds =
                switch (instructions.floatCondition(instruction)) {
                    case EQ -> a == b;
                    case NE -> a != b;
                    case LT -> a < b;
                    case GT -> a > b;
                    case LE -> a <= b;
                    case GE -> a >= b;
                };
        return holds ? 1 : 0;
    }

    private long address(int instruction) {
        return Integer.toUnsignedLong((int) argument(instruction, 0)) + instructions.immediate(instruction);
    }

    private void load(int instruction) {
        LinearMemory memory = instance.memory();
        long address = address(instruction);
        Type type = types.type(instructions.result(instruction));
        set(
                instruction,
                switch (instructions.opcode(instruction)) {
                    case LOAD -> type == Type.I32 ? (int) memory.load(address, 4) : memory.load(address, type.bytes());
                    case LOAD8_S -> (byte) memory.load(address, 1);
                    case LOAD8_U -> memory.load(address, 1);
                    case LOAD16_S -> (short) memory.load(address, 2);
                    case LOAD16_U -> memory.load(address, 2);
                    case LOAD32_S -> (int) memory.load(address, 4);
                    default -> memory.load(address, 4);
                });
    }

    private void store(int instruction) {
        long value = argument(instruction, 1);
        int size =
                switch (instructions.opcode(instruction)) {
                    case STORE8 -> 1;
                    case STORE16 -> 2;
                    case STORE32 -> 4;
                    default -> types.type(instructions.argument(instruction, 1)).bytes();
                };
        instance.memory().store(address(instruction), size, value);
    }

    private void call(int instruction, Callable callee, int skipped) {
        long[] results = instance.guarded(callee, arguments(instruction, skipped));
        for (int i = 0; i < results.length; i++) {
            values[instructions.result(instruction, i)] = results[i];
        }
    }

    private Type argumentType(int instruction) {
        return types.type(instructions.argument(instruction, 0));
    }

    private long argument(int instruction, int index) {
        return values[instructions.argument(instruction, index)];
    }

    private long[] arguments(int instruction, int skipped) {
        long[] arguments = new long[instructions.argumentCount(instruction) - skipped];
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = argument(instruction, i + skipped);
        }
        return arguments;
    }

    private void set(int instruction, long value) {
        values[instructions.result(instruction)] = value;
    }
}

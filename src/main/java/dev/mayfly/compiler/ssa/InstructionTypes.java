package dev.mayfly.compiler.ssa;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks an instruction's arguments and results against its opcode's pattern. */
final class InstructionTypes {

    private final Function function;
    private final int instruction;
    private final Map<Character, Type> bound = new HashMap<>();

    private InstructionTypes(Function function, int instruction) {
        this.function = function;
        this.instruction = instruction;
    }

    /**
     * Checks one instruction.
     *
     * @throws IllegalStateException if its types are not those that the opcode asks for
     */
    static void check(Function function, int instruction) {
        new InstructionTypes(function, instruction).check();
    }

    private void check() {
        Instructions instructions = function.instructions();
        Opcode opcode = instructions.opcode(instruction);
        match(opcode == Opcode.BUILTIN ? instructions.builtin(instruction).pattern() : opcode.pattern());
        switch (opcode) {
            case RETURN -> require(arguments().equals(function.results()));
            case BITCAST ->
                require(arguments().getFirst().bytes() == results().getFirst().bytes());
            case CONST -> {
                long bits = instructions.immediate(instruction);
                require(Constants.canonical(results().getFirst(), bits) == bits);
            }
            default -> {}
        }
    }

    private List<Type> arguments() {
        List<Type> types = new ArrayList<>();
        for (int i = 0; i < function.instructions().argumentCount(instruction); i++) {
            types.add(function.values().type(function.instructions().argument(instruction, i)));
        }
        return types;
    }

    private List<Type> results() {
        List<Type> types = new ArrayList<>();
        for (int i = 0; i < function.instructions().resultCount(instruction); i++) {
            types.add(function.values().type(function.instructions().result(instruction, i)));
        }
        return types;
    }

    private void match(String pattern) {
        int mark = pattern.indexOf('>');
        match(pattern.substring(0, mark), arguments());
        match(pattern.substring(mark + 1), results());
    }

    private void match(String pattern, List<Type> types) {
        boolean open = pattern.endsWith("*");
        int fixed = open ? pattern.length() - 1 : pattern.length();
        require(open ? types.size() >= fixed : types.size() == fixed);
        for (int i = 0; i < fixed; i++) {
            require(fits(pattern.charAt(i), types.get(i)));
        }
    }

    private boolean fits(char letter, Type type) {
        return switch (letter) {
            case '4' -> type == Type.I32;
            case '8' -> type == Type.I64;
            case 'F' -> type == Type.F32;
            case 'D' -> type == Type.F64;
            case 'i' -> type.isInteger() && isBound(letter, type);
            case 'f' -> type.isFloat() && isBound(letter, type);
            default -> isBound(letter, type);
        };
    }

    private boolean isBound(char letter, Type type) {
        Type before = bound.putIfAbsent(letter, type);
        return before == null || before == type;
    }

    private void require(boolean holds) {
        if (!holds) {
            throw new IllegalStateException("broken: " + function.instructions().opcode(instruction) + " cannot take "
                    + arguments() + " and give " + results() + "; " + function.name());
        }
    }
}

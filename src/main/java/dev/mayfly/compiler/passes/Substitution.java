package dev.mayfly.compiler.passes;

import dev.mayfly.compiler.ssa.Blocks;
import dev.mayfly.compiler.ssa.Edges;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.Instructions;
import java.util.Arrays;

/** Which values others take the place of. Values made later stand for themselves. */
final class Substitution {

    private int[] replacement;
    private boolean empty = true;

    Substitution(Function function) {
        replacement = new int[function.values().count()];
        Arrays.setAll(replacement, value -> value);
    }

    /** Lets one value take the place of another. */
    void replace(int value, int by) {
        if (value >= replacement.length) {
            int known = replacement.length;
            replacement = Arrays.copyOf(replacement, Math.max(value + 1, known * 2));
            for (int i = known; i < replacement.length; i++) {
                replacement[i] = i;
            }
        }
        replacement[value] = by;
        empty = false;
    }

    boolean isReplaced(int value) {
        return value < replacement.length && replacement[value] != value;
    }

    /** The value that stands in the place of this one in the end. */
    int of(int value) {
        if (value >= replacement.length) {
            return value;
        }
        int root = value;
        while (root < replacement.length && replacement[root] != root) {
            root = replacement[root];
        }
        int at = value;
        while (at != root) {
            int next = replacement[at];
            replacement[at] = root;
            at = next;
        }
        return root;
    }

    /** Carries it out on all arguments of instructions and edges. */
    void apply(Function function) {
        if (empty) {
            return;
        }
        Blocks blocks = function.blocks();
        for (int i = 0; i < blocks.ordered(); i++) {
            int block = blocks.inOrder(i);
            int instruction = blocks.firstInstruction(block);
            while (instruction != Instructions.NONE) {
                applyToArguments(function.instructions(), instruction);
                instruction = function.instructions().next(instruction);
            }
            applyToEdges(function, block);
        }
    }

    void applyToArguments(Instructions instructions, int instruction) {
        for (int i = 0; i < instructions.argumentCount(instruction); i++) {
            int argument = instructions.argument(instruction, i);
            int by = of(argument);
            if (by != argument) {
                instructions.setArgument(instruction, i, by);
            }
        }
    }

    private void applyToEdges(Function function, int block) {
        Edges edges = function.edges();
        for (int i = 0; i < function.blocks().successorCount(block); i++) {
            int edge = function.blocks().successor(block, i);
            for (int a = 0; a < edges.argumentCount(edge); a++) {
                edges.setArgument(edge, a, of(edges.argument(edge, a)));
            }
        }
    }
}

package dev.mayfly.compiler.passes;

import dev.mayfly.compiler.ssa.Blocks;
import dev.mayfly.compiler.ssa.Edges;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.Values;
import java.util.Arrays;

/**
 * Removes block parameters that only ever take one value, or themselves around a loop: that value takes their place. Each
 * such removal can make parameters redundant that took the removed one, so these are looked at again.
 */
final class RedundantParameters implements Pass {

    @Override
    public void run(Function function) {
        new Run(function).run();
    }

    private static final class Run {

        private static final int END = -1;

        private final Function function;
        private final Blocks blocks;
        private final Edges edges;
        private final Substitution substitution;

        // By value: for a parameter its place; and a list of the parameters that it is an argument for.
        private final int[] place;
        private final int[] firstUse;
        private final int[] lastUse;
        private int[] user = new int[64];
        private int[] nextUse = new int[64];
        private int uses;

        private final int[] worklist;
        private final boolean[] listed;
        private int waiting;

        Run(Function function) {
            this.function = function;
            this.blocks = function.blocks();
            this.edges = function.edges();
            this.substitution = new Substitution(function);
            int values = function.values().count();
            this.place = new int[values];
            this.firstUse = new int[values];
            this.lastUse = new int[values];
            this.worklist = new int[values];
            this.listed = new boolean[values];
            Arrays.fill(firstUse, END);
        }

        void run() {
            for (int i = blocks.ordered() - 1; i > 0; i--) {
                collect(blocks.inOrder(i));
            }
            while (waiting > 0) {
                int parameter = worklist[--waiting];
                listed[parameter] = false;
                examine(parameter);
            }
            for (int i = 1; i < blocks.ordered(); i++) {
                remove(blocks.inOrder(i));
            }
            substitution.apply(function);
        }

        private void collect(int block) {
            for (int i = blocks.parameterCount(block) - 1; i >= 0; i--) {
                int parameter = blocks.parameter(block, i);
                place[parameter] = i;
                list(parameter);
                for (int e = 0; e < blocks.predecessorCount(block); e++) {
                    int argument = edges.argument(blocks.predecessor(block, e), i);
                    if (function.values().isParameter(argument)) {
                        addUse(argument, parameter);
                    }
                }
            }
        }

        private void list(int parameter) {
            if (!listed[parameter]) {
                listed[parameter] = true;
                worklist[waiting++] = parameter;
            }
        }

        private void addUse(int argument, int parameter) {
            if (uses == user.length) {
                user = Arrays.copyOf(user, uses * 2);
                nextUse = Arrays.copyOf(nextUse, uses * 2);
            }
            user[uses] = parameter;
            nextUse[uses] = firstUse[argument];
            if (firstUse[argument] == END) {
                lastUse[argument] = uses;
            }
            firstUse[argument] = uses++;
        }

        private void examine(int parameter) {
            int only = substitution.isReplaced(parameter) ? Values.NONE : onlyArgument(parameter);
            if (only == Values.NONE) {
                return;
            }
            substitution.replace(parameter, only);
            for (int use = firstUse[parameter]; use != END; use = nextUse[use]) {
                list(user[use]);
            }
            joinUses(parameter, only);
        }

        /** The one value besides itself that a parameter takes; none if there are more. */
        private int onlyArgument(int parameter) {
            int block = function.values().parameterBlock(parameter);
            int only = Values.NONE;
            for (int e = 0; e < blocks.predecessorCount(block); e++) {
                int argument = substitution.of(edges.argument(blocks.predecessor(block, e), place[parameter]));
                if (argument != parameter && argument != only) {
                    if (only != Values.NONE) {
                        return Values.NONE;
                    }
                    only = argument;
                }
            }
            return only;
        }

        /** Who took the parameter now takes what takes its place. */
        private void joinUses(int parameter, int by) {
            if (firstUse[parameter] == END) {
                return;
            }
            if (firstUse[by] == END) {
                lastUse[by] = lastUse[parameter];
            } else {
                nextUse[lastUse[parameter]] = firstUse[by];
            }
            firstUse[by] = firstUse[parameter];
        }

        private void remove(int block) {
            int count = blocks.parameterCount(block);
            boolean[] redundant = new boolean[count];
            boolean any = false;
            for (int i = 0; i < count; i++) {
                redundant[i] = substitution.isReplaced(blocks.parameter(block, i));
                any |= redundant[i];
            }
            if (any) {
                function.removeParameters(block, redundant);
            }
        }
    }
}

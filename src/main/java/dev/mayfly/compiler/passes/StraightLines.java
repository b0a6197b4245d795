package dev.mayfly.compiler.passes;

import dev.mayfly.compiler.ssa.Blocks;
import dev.mayfly.compiler.ssa.Edges;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.Instructions;
import dev.mayfly.compiler.ssa.Opcode;

/** Joins a block that ends with a jump and the block that it jumps to, if no other edge leads there. */
final class StraightLines implements Pass {

    @Override
    public void run(Function function) {
        Blocks blocks = function.blocks();
        Substitution substitution = new Substitution(function);
        boolean[] joined = new boolean[blocks.count()];
        for (int i = 0; i < blocks.ordered(); i++) {
            int block = blocks.inOrder(i);
            while (!joined[block] && canJoin(function, block)) {
                int next = function.edges().target(blocks.successor(block, 0));
                join(function, block, next, substitution);
                joined[next] = true;
            }
        }
        int[] order = new int[blocks.ordered()];
        int kept = 0;
        for (int i = 0; i < blocks.ordered(); i++) {
            if (!joined[blocks.inOrder(i)]) {
                order[kept++] = blocks.inOrder(i);
            }
        }
        blocks.setOrder(order, kept);
        substitution.apply(function);
    }

    private static boolean canJoin(Function function, int block) {
        Blocks blocks = function.blocks();
        if (function.instructions().opcode(blocks.lastInstruction(block)) != Opcode.JUMP) {
            return false;
        }
        int next = function.edges().target(blocks.successor(block, 0));
        return next != block && blocks.predecessorCount(next) == 1;
    }

    private static void join(Function function, int block, int next, Substitution substitution) {
        Blocks blocks = function.blocks();
        Edges edges = function.edges();
        int jump = blocks.successor(block, 0);
        for (int i = 0; i < blocks.parameterCount(next); i++) {
            substitution.replace(blocks.parameter(next, i), substitution.of(edges.argument(jump, i)));
        }
        function.remove(blocks.lastInstruction(block));
        function.removeEdge(jump);
        while (blocks.firstInstruction(next) != Instructions.NONE) {
            function.moveToEnd(block, blocks.firstInstruction(next));
        }
        function.moveEdges(next, block);
    }
}

package dev.mayfly.compiler.passes;

import dev.mayfly.compiler.ssa.Blocks;
import dev.mayfly.compiler.ssa.Edges;
import dev.mayfly.compiler.ssa.Function;
import dev.mayfly.compiler.ssa.Opcode;
import java.util.Arrays;

/**
 * Puts a block on every edge from a block with several successors to a block with several predecessors or parameters, so
 * that there is a place for what must happen on that edge only. Edges from one block to another that pass the same
 * arguments share it. Afterwards a block with several successors passes no arguments, and each of these has no other
 * predecessor, though a switch may lead to the same one several times.
 */
final class CriticalEdges implements Pass {

    @Override
    public void run(Function function) {
        Blocks blocks = function.blocks();
        int before = blocks.ordered();
        int[] lastSplit = new int[blocks.count()];
        Arrays.fill(lastSplit, Blocks.NONE);
        for (int i = 0; i < before; i++) {
            if (blocks.successorCount(blocks.inOrder(i)) > 1) {
                splitEdges(function, blocks.inOrder(i), lastSplit);
            }
        }
    }

    /** The array has, by target, the block that was last put on an edge to it. */
    private static void splitEdges(Function function, int block, int[] lastSplit) {
        Blocks blocks = function.blocks();
        for (int i = 0; i < blocks.successorCount(block); i++) {
            int edge = blocks.successor(block, i);
            int target = function.edges().target(edge);
            if (blocks.predecessorCount(target) == 1 && function.edges().argumentCount(edge) == 0) {
                continue;
            }
            int shared = lastSplit[target];
            if (shared != Blocks.NONE && isShared(function, shared, edge)) {
                function.retarget(edge, shared);
            } else {
                lastSplit[target] = split(function, edge, target);
            }
        }
    }

    private static boolean isShared(Function function, int between, int edge) {
        Blocks blocks = function.blocks();
        Edges edges = function.edges();
        if (edges.source(blocks.predecessor(between, 0)) != edges.source(edge)) {
            return false;
        }
        int onward = blocks.successor(between, 0);
        for (int i = 0; i < edges.argumentCount(edge); i++) {
            if (edges.argument(onward, i) != edges.argument(edge, i)) {
                return false;
            }
        }
        return true;
    }

    private static int split(Function function, int edge, int target) {
        Edges edges = function.edges();
        int between = function.createBlock();
        int terminator = function.blocks().lastInstruction(edges.source(edge));
        int position = function.instructions().position(terminator);
        function.append(between, function.createInstruction(Opcode.JUMP, 0, 0, position));
        int onward = function.addEdge(between, target);
        for (int i = 0; i < edges.argumentCount(edge); i++) {
            edges.addArgument(onward, edges.argument(edge, i));
        }
        function.retarget(edge, between);
        return between;
    }
}

package dev.mayfly.compiler.ssa;

/** The blocks that can be reached from the entry, each before its successors but for those that close a loop. */
public final class ReversePostorder {

    private final Function function;
    private final boolean[] visited;
    private final int[] stack;
    private final int[] nextSuccessor;
    private int depth;

    private ReversePostorder(Function function) {
        this.function = function;
        int blocks = function.blocks().count();
        visited = new boolean[blocks];
        stack = new int[blocks];
        nextSuccessor = new int[blocks];
    }

    /** The later a successor of a block, the earlier it is visited, so that its first successor follows it more closely. */
    public static int[] of(Function function) {
        return new ReversePostorder(function).compute();
    }

    private int[] compute() {
        int[] postorder = new int[visited.length];
        int finished = 0;
        push(Function.ENTRY);
        while (depth > 0) {
            int block = stack[depth - 1];
            int successor = nextUnvisited(block);
            if (successor == Blocks.NONE) {
                depth--;
                postorder[finished++] = block;
            } else {
                push(successor);
            }
        }
        return reversed(postorder, finished);
    }

    private void push(int block) {
        visited[block] = true;
        nextSuccessor[block] = function.blocks().successorCount(block);
        stack[depth++] = block;
    }

    private int nextUnvisited(int block) {
        while (nextSuccessor[block] > 0) {
            int edge = function.blocks().successor(block, --nextSuccessor[block]);
            int target = function.edges().target(edge);
            if (!visited[target]) {
                return target;
            }
        }
        return Blocks.NONE;
    }

    private static int[] reversed(int[] postorder, int length) {
        int[] order = new int[length];
        for (int i = 0; i < length; i++) {
            order[i] = postorder[length - 1 - i];
        }
        return order;
    }
}

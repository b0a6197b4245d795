package dev.mayfly.compiler.ssa;

import java.util.Arrays;

/**
 * Which blocks every path from the entry to a block goes through, by the algorithm of Cooper, Harvey and Kennedy ("A
 * Simple, Fast Dominance Algorithm", 2001). Whether one block dominates another is answered in constant time, by numbers
 * given when the tree is entered and left. It describes the function as it was when this was made.
 */
public final class DominatorTree {

    private final int[] reversePostorder;
    private final int[] place;
    private final int[] dominator;
    private final int[] entered;
    private final int[] left;

    public DominatorTree(Function function) {
        int blocks = function.blocks().count();
        reversePostorder = ReversePostorder.of(function);
        place = new int[blocks];
        Arrays.fill(place, Blocks.NONE);
        for (int i = 0; i < reversePostorder.length; i++) {
            place[reversePostorder[i]] = i;
        }
        dominator = new int[blocks];
        entered = new int[blocks];
        left = new int[blocks];
        findDominators(function);
        numberTree();
    }

    /** The blocks that can be reached from the entry, each before those that it dominates. */
    public int[] reversePostorder() {
        return reversePostorder.clone();
    }

    public boolean isReachable(int block) {
        return place[block] != Blocks.NONE;
    }

    /** Where a block is in reverse postorder; {@link Blocks#NONE} if it cannot be reached. */
    public int place(int block) {
        return place[block];
    }

    /** The closest other block that dominates a block; the entry's is {@link Blocks#NONE}. */
    public int immediateDominator(int block) {
        return block == Function.ENTRY ? Blocks.NONE : dominator[block];
    }

    /** Whether every path from the entry to the other block goes through this one, as it does to itself. */
    public boolean dominates(int block, int other) {
        return entered[block] <= entered[other] && left[other] <= left[block];
    }

    private void findDominators(Function function) {
        Arrays.fill(dominator, Blocks.NONE);
        dominator[Function.ENTRY] = Function.ENTRY;
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 1; i < reversePostorder.length; i++) {
                int block = reversePostorder[i];
                int found = meetOfPredecessors(function, block);
                changed |= found != dominator[block];
                dominator[block] = found;
            }
        }
    }

    private int meetOfPredecessors(Function function, int block) {
        int found = Blocks.NONE;
        // The last first: with a long row of branches to one block, each meeting is then one step away.
        for (int i = function.blocks().predecessorCount(block) - 1; i >= 0; i--) {
            int predecessor = function.edges().source(function.blocks().predecessor(block, i));
            if (dominator[predecessor] != Blocks.NONE) {
                found = found == Blocks.NONE ? predecessor : meet(found, predecessor);
            }
        }
        return found;
    }

    private int meet(int one, int other) {
        int a = one;
        int b = other;
        while (a != b) {
            if (place[a] > place[b]) {
                a = dominator[a];
            } else {
                b = dominator[b];
            }
        }
        return a;
    }

    /**
     * Numbers the tree in preorder without walking it: from the end of reverse postorder a block's size is known when it
     * is met, since what it dominates comes later; from the start, siblings then get consecutive ranges.
     */
    private void numberTree() {
        int[] size = new int[dominator.length];
        for (int i = reversePostorder.length - 1; i > 0; i--) {
            int block = reversePostorder[i];
            size[block]++;
            size[dominator[block]] += size[block];
        }
        int[] free = new int[dominator.length];
        Arrays.fill(entered, Integer.MAX_VALUE);
        entered[Function.ENTRY] = 0;
        left[Function.ENTRY] = reversePostorder.length;
        free[Function.ENTRY] = 1;
        for (int i = 1; i < reversePostorder.length; i++) {
            int block = reversePostorder[i];
            int parent = dominator[block];
            entered[block] = free[parent];
            left[block] = entered[block] + size[block];
            free[parent] += size[block];
            free[block] = entered[block] + 1;
        }
    }
}

package dev.mayfly.compiler.ssa;

import java.util.Arrays;

/** The ways from one block to another, with what they pass to the other's parameters. Two edges may join the same blocks. */
public final class Edges {

    private int[] source = new int[16];
    private int[] target = new int[16];
    private int[] place = new int[16];
    private final IntLists arguments = new IntLists();
    private int count;

    Edges() {}

    int create(int from, int to, int room) {
        if (count == source.length) {
            source = Arrays.copyOf(source, count * 2);
            target = Arrays.copyOf(target, count * 2);
            place = Arrays.copyOf(place, count * 2);
        }
        arguments.create(room);
        source[count] = from;
        target[count] = to;
        return count++;
    }

    /** How many there ever were: every edge is smaller. */
    public int count() {
        return count;
    }

    public int source(int edge) {
        return source[edge];
    }

    public int target(int edge) {
        return target[edge];
    }

    void setSource(int edge, int block) {
        source[edge] = block;
    }

    void setTarget(int edge, int block) {
        target[edge] = block;
    }

    /** Where it is among the edges that lead to its target. */
    int place(int edge) {
        return place[edge];
    }

    void setPlace(int edge, int index) {
        place[edge] = index;
    }

    /** As many as the target has parameters. */
    public int argumentCount(int edge) {
        return arguments.size(edge);
    }

    /** The value that the target's parameter at the index takes. */
    public int argument(int edge, int index) {
        return arguments.get(edge, index);
    }

    public void setArgument(int edge, int index, int value) {
        arguments.set(edge, index, value);
    }

    public void addArgument(int edge, int value) {
        arguments.add(edge, value);
    }

    void removeArguments(int edge, boolean[] marked) {
        arguments.removeAll(edge, marked);
    }

    void clearArguments(int edge) {
        arguments.clear(edge);
    }
}

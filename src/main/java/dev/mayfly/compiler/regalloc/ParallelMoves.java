package dev.mayfly.compiler.regalloc;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects moves that happen all at once, and puts them in an order that has the same effect one by one. */
final class ParallelMoves {

    /** Where several groups meet before one instruction, they are made in this order. */
    static final int BLOCK_START = 0;

    static final int BETWEEN = 1;
    static final int BLOCK_END = 2;

    private record Planned(int instruction, int group, int from, int to) {}

    private final int scratch;
    private final List<Planned> planned = new ArrayList<>();

    /** @param scratch where a value can wait while the others of its cycle move on */
    ParallelMoves(int scratch) {
        this.scratch = scratch;
    }

    void add(int instruction, int group, int from, int to) {
        if (from != to) {
            planned.add(new Planned(instruction, group, from, to));
        }
    }

    List<Move> inOrder() {
        planned.sort(Comparator.comparingInt(Planned::instruction)
                .thenComparingInt(Planned::group)
                .thenComparingInt(Planned::to));
        List<Move> moves = new ArrayList<>(planned.size());
        int from = 0;
        while (from < planned.size()) {
            int to = from + 1;
            while (to < planned.size() && isSameGroup(planned.get(from), planned.get(to))) {
                to++;
            }
            if (to == from + 1) {
                emit(planned.get(from), moves);
            } else {
                sequence(new ArrayList<>(planned.subList(from, to)), moves);
            }
            from = to;
        }
        return moves;
    }

    private static boolean isSameGroup(Planned one, Planned other) {
        return one.instruction() == other.instruction() && one.group() == other.group();
    }

    private static void emit(Planned move, List<Move> moves) {
        moves.add(new Move(move.instruction(), move.from(), move.to()));
    }

    /** A move can be made when nothing else still has to be read from where it goes. */
    private void sequence(List<Planned> group, List<Move> moves) {
        while (!group.isEmpty()) {
            int ready = firstReady(group);
            if (ready >= 0) {
                emit(group.remove(ready), moves);
            } else {
                breakCycle(group, moves);
            }
        }
    }

    private static int firstReady(List<Planned> group) {
        for (int i = 0; i < group.size(); i++) {
            int to = group.get(i).to();
            if (group.stream().noneMatch(other -> other.from() == to)) {
                return i;
            }
        }
        return -1;
    }

    private void breakCycle(List<Planned> group, List<Move> moves) {
        Planned first = group.getFirst();
        moves.add(new Move(first.instruction(), first.from(), scratch));
        group.replaceAll(move ->
                move.from() == first.from() ? new Planned(move.instruction(), move.group(), scratch, move.to()) : move);
    }
}

package dev.mayfly.scheduling;

import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The lines of all groups that one bound on a caller holds back together; the callers without a bound share a lane. A
 * caller at its bound closes its lane, which costs the others nothing, and holds back nobody else's tickets.
 */
final class Lane {

    private final NavigableSet<Line> ready = new TreeSet<>(Line.SERVED_FIRST);
    private boolean open = true;
    private long openedAt;

    /**
     * A lane.
     *
     * @param now the virtual time
     */
    Lane(long now) {
        this.openedAt = now;
    }

    /** The line to be served next, if any may be. */
    @Nullable
    Line next() {
        return open && !ready.isEmpty() ? ready.getFirst() : null;
    }

    /** A line's group may start one of its tickets. Neither the group's virtual time nor the line's head may change in here. */
    void add(Line line) {
        line.takeRank();
        ready.add(line);
    }

    void remove(Line line) {
        if (ready.getFirst() == line) {
            ready.pollFirst();
        } else {
            ready.remove(line);
        }
    }

    /** The virtual time since which its lines could be served. */
    long openedAt() {
        return openedAt;
    }

    void close() {
        open = false;
    }

    void open(long now) {
        if (!open) {
            open = true;
            openedAt = now;
        }
    }
}

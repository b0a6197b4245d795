package dev.mayfly.scheduling;

import java.util.Comparator;

/** The waiting tickets of one group that share a {@link Lane}, first come, first served. */
final class Line {

    /**
     * The line that is served first: that of the group which has had least for its weight, and of equals the one whose
     * first ticket came first. Virtual times are compared by subtraction, so that they may overflow.
     */
    static final Comparator<Line> SERVED_FIRST = (one, other) -> {
        long difference = one.rank - other.rank;
        return difference != 0 ? Long.signum(difference) : Long.compare(one.head(), other.head());
    };

    private final Group group;
    private final Lane lane;
    private final Row tickets = new Row();
    private long rank;

    Line(Group group, Lane lane) {
        this.group = group;
        this.lane = lane;
    }

    Group group() {
        return group;
    }

    Lane lane() {
        return lane;
    }

    Row tickets() {
        return tickets;
    }

    Ticket first() {
        Ticket first = tickets.first();
        if (first == null) {
            throw new IllegalStateException("nobody waits in this line");
        }
        return first;
    }

    /** It goes into its lane, where it stands by its group's virtual time of now. */
    void takeRank() {
        rank = group.virtualTime();
    }

    private long head() {
        return first().sequence();
    }
}

package dev.mayfly.scheduling;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A group that has jobs waiting or running, or has had more than its share. Guarded by the {@link Scheduler}'s lock. */
final class Group {

    private static final int ESTIMATE_WEIGHT = 8;

    /** With nothing charged, a group could start all of its tickets before others of the same virtual time. */
    private static final long LEAST_CHARGE_NANOS = 1_000;

    private final String name;
    private final List<Line> lines = new ArrayList<>(1);
    private int weight = Admission.DEFAULT_WEIGHT;
    private @Nullable Integer concurrency;
    private long virtualTime;
    private long estimateNanos = -1;
    private int waiting;
    private int running;
    private int computing;
    private boolean ready;

    /**
     * A group.
     *
     * @param virtualTime from which on it takes part
     */
    Group(String name, long virtualTime) {
        this.name = name;
        this.virtualTime = virtualTime;
    }

    String name() {
        return name;
    }

    List<Line> lines() {
        return lines;
    }

    /** What it has had, divided by its weight: where it stands among the groups. */
    long virtualTime() {
        return virtualTime;
    }

    void virtualTime(long moment) {
        virtualTime = moment;
    }

    int waiting() {
        return waiting;
    }

    int blocked() {
        return running - computing;
    }

    boolean isIdle() {
        return waiting == 0 && running == 0;
    }

    /** Whether its lines are in their lanes. */
    boolean isReady() {
        return ready;
    }

    void ready(boolean now) {
        ready = now;
    }

    boolean agreesWith(Admission admission) {
        return weight == admission.weight() && Objects.equals(concurrency, admission.groupConcurrency());
    }

    /** A version of a function may ask for something else than the one before. */
    void adopt(Admission admission) {
        weight = admission.weight();
        concurrency = admission.groupConcurrency();
    }

    /** The line of a lane, which is made for its first ticket. */
    Line line(Lane lane) {
        for (Line line : lines) {
            if (line.lane() == lane) {
                return line;
            }
        }
        Line made = new Line(this, lane);
        lines.add(made);
        return made;
    }

    void waits(int more) {
        waiting += more;
    }

    /**
     * Whether one more job may compute. A bound of its own counts all jobs that run; the default counts slots, since it
     * is there to leave some to the others.
     */
    boolean mayStart(int defaultConcurrency) {
        return concurrency != null ? running < concurrency : computing < defaultConcurrency;
    }

    /** Whether one more of its blocked jobs may compute. */
    boolean mayResume(int defaultConcurrency) {
        return concurrency != null || computing < defaultConcurrency;
    }

    /** How many of its jobs compute at once when it is alone. */
    int concurrency(int defaultConcurrency) {
        return concurrency != null ? concurrency : defaultConcurrency;
    }

    /** A job starts: it is charged for what the last ones took. */
    void start(Ticket ticket, long firstEstimateNanos) {
        long estimate = estimateNanos < 0 ? firstEstimateNanos : estimateNanos;
        ticket.charge(Math.max(estimate, LEAST_CHARGE_NANOS), weight);
        virtualTime += ticket.charged();
        running++;
        computing++;
    }

    /** A job has ended: what it was charged is corrected to what it took. */
    void end(Ticket ticket) {
        long took = ticket.computedNanos();
        virtualTime -= ticket.charged();
        ticket.charge(took, weight);
        virtualTime += ticket.charged();
        estimateNanos = estimateNanos < 0 ? took : estimateNanos + (took - estimateNanos) / ESTIMATE_WEIGHT;
        running--;
        if (ticket.isComputing()) {
            computing--;
        }
    }

    void block() {
        computing--;
    }

    void resume() {
        computing++;
    }
}

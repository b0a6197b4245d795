package dev.mayfly.drill;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Everything that happened, in the order in which it became known. */
final class Ledger {

    private final Collection<Fate> fates = new ConcurrentLinkedQueue<>();
    private final Collection<Submission> submissions = new ConcurrentLinkedQueue<>();
    private final List<Entry> entries = new ArrayList<>();

    /**
     * A fault, and the time that counts as its own.
     *
     * @param from the quiet time before it
     * @param to where the next one's begins
     */
    record Entry(Fault fault, Strike strike, Instant from, Instant to) {

        boolean covers(Instant moment) {
            return !moment.isBefore(from) && moment.isBefore(to);
        }
    }

    void add(Fate fate) {
        fates.add(fate);
    }

    void add(Submission submission) {
        submissions.add(submission);
    }

    synchronized void add(Entry entry) {
        entries.add(entry);
    }

    List<Fate> fates() {
        return List.copyOf(fates);
    }

    List<Submission> submissions() {
        return List.copyOf(submissions);
    }

    synchronized List<Entry> entries() {
        return List.copyOf(entries);
    }

    /** Requests that were sent in a fault's time. */
    List<Fate> fates(Entry entry) {
        return fates.stream().filter(fate -> entry.covers(fate.sent())).toList();
    }

    List<Submission> submissions(Entry entry) {
        return submissions.stream()
                .filter(submission -> entry.covers(submission.asked()))
                .toList();
    }

    /** Synchronous requests that were sent in no fault's time. */
    List<Fate> otherFates() {
        return fates.stream()
                .filter(fate -> entries().stream().noneMatch(entry -> entry.covers(fate.sent())))
                .toList();
    }
}

package dev.mayfly.drill;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a drill has shown.
 *
 * @param unsent requests that were not sent because too many were waiting
 */
record Verdict(DrillPlan plan, Ledger ledger, Settlement.Account account, long unsent) {

    /** Everything that is not as promised; nothing if all is well. */
    List<String> violations() {
        List<String> violations = new ArrayList<>();
        asynchronous(violations);
        ledger.entries().forEach(entry -> synchronous(entry, violations));
        List<Fate> without =
                ledger.otherFates().stream().filter(fate -> !fate.succeeded()).toList();
        if (!without.isEmpty()) {
            violations.add(without.size() + " failed without a fault, for example " + without.getFirst());
        }
        return List.copyOf(violations);
    }

    private void asynchronous(List<String> violations) {
        long accepted =
                ledger.submissions().stream().filter(Submission::accepted).count();
        long finished = account.ends().stream().filter(EndState::finished).count();
        long dead = account.ends().stream().filter(EndState::deadLettered).count();
        if (accepted != finished + dead) {
            violations.add("accepted " + accepted + " is not finished " + finished + " + dead-lettered " + dead);
        }
        account.unknown().forEach(id -> violations.add("in the database, unknown to its client: " + id));
        if (!account.undelivered().isEmpty()) {
            violations.add(account.undelivered().size() + " results not delivered to their callback, for example of "
                    + account.undelivered().getFirst());
        }
        if (account.firings().asked() != account.firings().due()) {
            violations.add("a schedule that is not " + account.firings());
        }
        account.ends().stream().filter(end -> !asItHadTo(end)).forEach(end -> violations.add("ended as " + end));
        ledger.submissions().stream()
                .filter(submission -> !submission.accepted())
                .forEach(submission -> violations.add("never accepted: " + submission));
    }

    /** What fails each time is dead at the end, all else has succeeded. */
    private static boolean asItHadTo(EndState end) {
        return end.submission().kind() == Kind.FAILURE
                ? end.deadLettered()
                : end.state().equals("succeeded") && end.correct();
    }

    private void synchronous(Ledger.Entry entry, List<String> violations) {
        List<Fate> failed =
                ledger.fates(entry).stream().filter(fate -> !fate.succeeded()).toList();
        failed.stream()
                .filter(fate -> !entry.fault().explains(fate, entry.strike()))
                .collect(Collectors.groupingBy(Fate::failure, TreeMap::new, Collectors.toList()))
                .forEach((failure, fates) ->
                        violations.add("%s: %d %s, not explained by it, the first %s and the last %s after it: %s"
                                .formatted(
                                        entry.fault().name(),
                                        fates.size(),
                                        failure,
                                        since(entry, fates.getFirst()),
                                        since(entry, fates.getLast()),
                                        fates.getFirst())));
        long most = entry.fault().most(plan.cluster());
        if (failed.size() > most) {
            violations.add(entry.fault().name() + ": " + failed.size() + " failed, more than " + most);
        }
    }

    private static String since(Ledger.Entry entry, Fate fate) {
        return Duration.between(entry.strike().began(), fate.sent()).toMillis() + " ms";
    }
}

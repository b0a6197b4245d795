package dev.mayfly.drill;

import java.util.ArrayList;
import java.util.List;

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
        ledger.otherFates().stream()
                .filter(fate -> !fate.succeeded())
                .forEach(fate -> violations.add("failed without a fault: " + fate));
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
        account.undelivered().forEach(key -> violations.add("not delivered to its callback: " + key));
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
                .forEach(fate -> violations.add(entry.fault().name() + ": unexplained: " + fate));
        long most = entry.fault().most(plan.cluster());
        if (failed.size() > most) {
            violations.add(entry.fault().name() + ": " + failed.size() + " failed, more than " + most);
        }
    }
}

package dev.mayfly.drill;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The outcome of a drill for people, in Markdown. */
final class Report {

    private static final int MOST_VIOLATIONS = 12;

    private final Verdict verdict;
    private final Ledger ledger;

    Report(Verdict verdict) {
        this.verdict = verdict;
        this.ledger = verdict.ledger();
    }

    String text() {
        return String.join(
                "\n",
                summary(),
                "",
                "| fault | lasted | synchronous requests | failed | of these allowed | recovery | slow or failing seconds |"
                        + " longest wait for a 202 |",
                "|---|---|---|---|---|---|---|---|",
                ledger.entries().stream().map(this::row).collect(Collectors.joining("\n")),
                "",
                "| asynchronous | |",
                "|---|---|",
                asynchronous(),
                "",
                "Allowed failures:",
                "",
                ledger.entries().stream()
                        .map(entry -> "- " + entry.fault().name() + ": "
                                + entry.fault().allowed() + seen(entry))
                        .collect(Collectors.joining("\n")),
                "",
                violations());
    }

    private String summary() {
        ClusterPlan cluster = verdict.plan().cluster();
        return "%d control planes, %d workers with %d slots each (%s), PostgreSQL; %s requests/s, %d synchronous and %d asynchronous in all%s"
                .formatted(
                        cluster.controlPlanes(),
                        cluster.workers(),
                        cluster.slots(),
                        cluster.engine(),
                        verdict.plan().rate(),
                        ledger.fates().size(),
                        ledger.submissions().size(),
                        verdict.unsent() == 0 ? "" : ", " + verdict.unsent() + " not sent");
    }

    private String row(Ledger.Entry entry) {
        List<Fate> fates = ledger.fates(entry);
        Recovery recovery = Recovery.of(entry, fates);
        List<Fate> failed = fates.stream().filter(fate -> !fate.succeeded()).toList();
        long allowed = failed.stream()
                .filter(fate -> entry.fault().explains(fate, entry.strike()))
                .count();
        Duration wait = ledger.submissions(entry).stream()
                .map(Submission::patience)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        return "| %s | %s | %d | %s | %d | %d s | %d (p90 %+d ms, worst second %+d ms) | %s |"
                .formatted(
                        entry.fault().name(),
                        seconds(Duration.between(
                                entry.strike().began(), entry.strike().ended())),
                        fates.size(),
                        failed.isEmpty() ? "0" : kinds(failed),
                        allowed,
                        recovery.after().toSeconds(),
                        recovery.badSeconds(),
                        recovery.normal().toMillis(),
                        recovery.worst().toMillis(),
                        seconds(wait));
    }

    private static String kinds(List<Fate> failed) {
        Map<String, Long> kinds =
                failed.stream().collect(Collectors.groupingBy(Fate::failure, TreeMap::new, Collectors.counting()));
        return kinds.entrySet().stream()
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(Collectors.joining(", "));
    }

    private static String seen(Ledger.Entry entry) {
        return entry.strike().seen().isEmpty()
                ? ""
                : ". Seen: " + entry.strike().seen();
    }

    private String asynchronous() {
        List<EndState> ends = verdict.account().ends();
        List<Submission> accepted =
                ledger.submissions().stream().filter(Submission::accepted).toList();
        Map<String, Long> states =
                ends.stream().collect(Collectors.groupingBy(EndState::state, TreeMap::new, Collectors.counting()));
        long again = accepted.stream()
                .filter(submission -> !submission.refusals().isEmpty())
                .count();
        long retried = ends.stream()
                .filter(end -> end.submission().kind() != Kind.FAILURE && end.attempts() > 1)
                .count();
        return String.join(
                "\n",
                "| asked | " + ledger.submissions().size() + " |",
                "| accepted | " + accepted.size() + " |",
                states.entrySet().stream()
                        .map(state -> "| " + state.getKey() + " | " + state.getValue() + " |")
                        .collect(Collectors.joining("\n")),
                "| accepted only when asked again with the same key | " + again + " |",
                "| succeeded after more than one attempt | " + retried + " |",
                "| in the database and unknown to clients | "
                        + verdict.account().unknown().size() + " |",
                "| results not delivered to their callback, delivered more than once | "
                        + verdict.account().undelivered().size() + ", "
                        + verdict.account().deliveredAgain() + " |",
                "| firings of a schedule that were due, invocations that it asked for | "
                        + verdict.account().firings().due() + ", "
                        + verdict.account().firings().asked() + " |");
    }

    private String violations() {
        List<String> violations = verdict.violations();
        if (violations.isEmpty()) {
            return "All as promised.";
        }
        return violations.size() + " not as promised:\n\n"
                + violations.stream()
                        .limit(MOST_VIOLATIONS)
                        .map(violation -> "- " + violation)
                        .collect(Collectors.joining("\n"));
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }
}

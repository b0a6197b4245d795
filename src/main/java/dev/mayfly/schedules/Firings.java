package dev.mayfly.schedules;

import dev.mayfly.schedules.Submissions.RefusedException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Does what is due of a schedule. It may be interrupted anywhere and done again, here or in another process: a firing's
 * key makes sure that its invocation is submitted once.
 */
final class Firings {

    /** How often is looked whether a held firing can go. */
    private static final Duration HOLD = Duration.ofSeconds(1);

    static final String MISFIRE = "misfire";
    static final String OVERLAP = "overlap";

    private final ScheduleRepository schedules;
    private final Submissions submissions;
    private final DueFirings.Rule rule;
    private final Consumer<FiringResult> results;
    private final InstantSource time;

    Firings(
            ScheduleRepository schedules,
            Submissions submissions,
            DueFirings.Rule rule,
            Consumer<FiringResult> results,
            InstantSource time) {
        this.schedules = schedules;
        this.submissions = submissions;
        this.rule = rule;
        this.results = results;
        this.time = time;
    }

    /** Does what is due and says when to look again; empty if never, as nothing is left of that timer's revision. */
    Optional<Instant> run(Schedule.Timer timer) {
        Optional<Schedule> current =
                schedules.find(timer.id()).filter(schedule -> schedule.revision() == timer.revision());
        return current.flatMap(schedule -> Optional.ofNullable(schedule.next())
                .or(() -> Optional.ofNullable(schedule.progress().held()))
                .flatMap(_ -> run(schedule)));
    }

    private Optional<Instant> run(Schedule schedule) {
        Instant now = time.instant();
        ScheduleDefinition definition = schedule.definition();
        DueFirings due = schedule.next() == null
                ? DueFirings.NONE
                : rule.at(now, schedule.next(), definition.times(), definition.misfire());
        Round round = new Round(schedule);
        due.skipped().ifPresent(missed -> round.skip(missed, MISFIRE));
        round.release();
        due.firings().forEach(round::fire);
        if (!schedules.advance(schedule, due.next().orElse(null), round.progress)) {
            return Optional.of(now); // changed meanwhile: look at what it has become
        }
        round.done.forEach(results);
        return round.progress.held() == null
                ? due.next()
                : Optional.of(due.next().filter(now.plus(HOLD)::isAfter).orElse(now.plus(HOLD)));
    }

    /** The firings of one look at a schedule, one after the other. */
    private final class Round {

        private final Schedule schedule;
        private final List<FiringResult> done = new ArrayList<>();
        private Progress progress;

        Round(Schedule schedule) {
            this.schedule = schedule;
            this.progress = schedule.progress();
        }

        void skip(Instant firing, String reason) {
            progress = progress.skipped(firing, reason);
            done.add(FiringResult.SKIPPED);
        }

        /** Lets go a firing that is held, if it need not wait any longer. */
        void release() {
            Instant held = progress.held();
            if (held != null && !isBusy()) {
                progress = progress.holdingNothing();
                submit(held);
            }
        }

        void fire(Instant firing) {
            Overlap overlap = schedule.definition().overlap();
            if (overlap == Overlap.ALLOW || !isBusy()) {
                submit(firing);
            } else if (overlap == Overlap.QUEUE && progress.held() == null) {
                progress = progress.holding(firing);
            } else {
                skip(firing, OVERLAP);
            }
        }

        private boolean isBusy() {
            return progress.invocation() != null && submissions.isUnfinished(progress.invocation());
        }

        private void submit(Instant firing) {
            ScheduleDefinition definition = schedule.definition();
            Submissions.Order order = new Submissions.Order(
                    schedule.function(),
                    schedule.name(),
                    definition.selector(),
                    definition.args(),
                    definition.inputBytes(),
                    definition.callback(),
                    schedule.id() + "@" + firing);
            try {
                progress = progress.submitted(firing, submissions.submit(order));
                done.add(FiringResult.SUBMITTED);
            } catch (RefusedException refused) {
                progress = progress.failed(firing, refused.reason());
                done.add(FiringResult.FAILED);
            }
        }
    }
}

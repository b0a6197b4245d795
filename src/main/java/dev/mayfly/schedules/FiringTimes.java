package dev.mayfly.schedules;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.scheduling.support.CronExpression;

/**
 * When a cron expression fires in a time zone.
 *
 * <p>Where clocks are changed, it depends on the hour. With one that is named, every time on the wall clock counts once:
 * times that are skipped fire together as the clock is put forward, times that come twice fire the first time. With any
 * hour ({@code *}, {@code *}{@code /2}) real time counts: nothing is left out, nothing is made up for.
 */
final class FiringTimes {

    private final CronExpression expression;
    private final ZoneRules rules;
    private final boolean anyHour;

    FiringTimes(CronText cron, ZoneId zone) {
        this.expression = cron.expression();
        this.rules = zone.getRules();
        this.anyHour = cron.anyHour();
    }

    /** The first firing after that moment; empty if there is none in the years to come. */
    Optional<Instant> next(Instant after) {
        return Optional.ofNullable(anyHour ? nextInRealTime(after) : nextOnTheWall(after));
    }

    /** So many firings after that moment, as far as there are that many. */
    List<Instant> next(Instant after, int count) {
        return Stream.iterate(next(after), Optional::isPresent, last -> next(last.orElseThrow()))
                .limit(count)
                .map(Optional::orElseThrow)
                .toList();
    }

    /** The last firing from one moment to another, both included. */
    Optional<Instant> last(Instant from, Instant to) {
        Instant low = from.minusNanos(1).truncatedTo(ChronoUnit.SECONDS);
        if (!firesBetween(low, to)) {
            return Optional.empty();
        }
        Instant high = to.truncatedTo(ChronoUnit.SECONDS);
        // Something fires after 'low', nothing after 'high'.
        while (Duration.between(low, high).toSeconds() > 1) {
            Instant middle = low.plusSeconds(Duration.between(low, high).toSeconds() / 2);
            if (firesBetween(middle, to)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return Optional.of(high);
    }

    private boolean firesBetween(Instant after, Instant to) {
        return next(after).filter(firing -> !firing.isAfter(to)).isPresent();
    }

    /** Between two changes of the clocks, the time on the wall runs evenly. */
    private @Nullable Instant nextInRealTime(Instant after) {
        ZoneOffset offset = rules.getOffset(after);
        ZoneOffsetTransition change = rules.nextTransition(after);
        LocalDateTime found = expression.next(LocalDateTime.ofInstant(after, offset));
        while (found != null && change != null && !found.toInstant(offset).isBefore(change.getInstant())) {
            offset = change.getOffsetAfter();
            found = expression.next(change.getDateTimeAfter().minusNanos(1));
            change = rules.nextTransition(change.getInstant());
        }
        return found == null ? null : found.toInstant(offset);
    }

    private @Nullable Instant nextOnTheWall(Instant after) {
        LocalDateTime found = expression.next(wall(after));
        while (found != null && !instantOf(found).isAfter(after)) {
            found = expression.next(found);
        }
        return found == null ? null : instantOf(found);
    }

    /** What the wall clock shows; where it shows it for the second time, the last it showed for the first. */
    private LocalDateTime wall(Instant moment) {
        LocalDateTime shown = LocalDateTime.ofInstant(moment, rules.getOffset(moment));
        ZoneOffsetTransition change = rules.getTransition(shown);
        boolean second = change != null && change.isOverlap() && !moment.isBefore(change.getInstant());
        return second ? change.getDateTimeBefore().minusNanos(1) : shown;
    }

    private Instant instantOf(LocalDateTime shown) {
        ZoneOffsetTransition change = rules.getTransition(shown);
        if (change == null) {
            return shown.toInstant(rules.getOffset(shown));
        }
        return change.isGap() ? change.getInstant() : shown.toInstant(change.getOffsetBefore());
    }
}

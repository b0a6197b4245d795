package dev.mayfly.schedules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a schedule has to do at a moment.
 *
 * @param firings to be made, in order
 * @param skipped the last that was missed and is not made up for; empty if there is none
 * @param next the first firing after the moment; empty if there is none
 */
record DueFirings(List<Instant> firings, Optional<Instant> skipped, Optional<Instant> next) {

    /** Nothing, now or later. */
    static final DueFirings NONE = new DueFirings(List.of(), Optional.empty(), Optional.empty());

    /**
     * The rule that tells missed firings from late ones.
     *
     * @param threshold by which a firing may be late without being missed
     * @param maxCatchUp how many missed firings are made up for at most
     */
    record Rule(Duration threshold, int maxCatchUp) {

        /**
         * Looks at a schedule.
         *
         * @param first the first firing that has not been seen to
         */
        DueFirings at(Instant now, Instant first, FiringTimes times, Misfire policy) {
            Instant onTime = now.minus(threshold);
            List<Instant> firings = new ArrayList<>();
            Optional<Instant> skipped = Optional.empty();
            if (first.isBefore(onTime)) {
                Instant before = onTime.minusNanos(1);
                List<Instant> missed = lastOf(times, first, before, 1 + wanted(policy));
                if (missed.size() > wanted(policy)) {
                    skipped = Optional.of(missed.removeFirst());
                }
                firings.addAll(missed);
                addFrom(times.next(before), now, times, firings);
            } else {
                addFrom(Optional.of(first), now, times, firings);
            }
            return new DueFirings(
                    List.copyOf(firings), skipped, first.isAfter(now) ? Optional.of(first) : times.next(now));
        }

        private int wanted(Misfire policy) {
            return switch (policy) {
                case SKIP -> 0;
                case FIRE_ONCE -> 1;
                case FIRE_ALL -> maxCatchUp;
            };
        }

        private static List<Instant> lastOf(FiringTimes times, Instant from, Instant to, int count) {
            List<Instant> found = new ArrayList<>();
            Optional<Instant> last = times.last(from, to);
            while (last.isPresent() && found.size() < count) {
                found.addFirst(last.orElseThrow());
                last = times.last(from, found.getFirst().minusSeconds(1));
            }
            return found;
        }

        private static void addFrom(Optional<Instant> first, Instant to, FiringTimes times, List<Instant> firings) {
            Optional<Instant> firing = first;
            while (firing.isPresent() && !firing.orElseThrow().isAfter(to)) {
                firings.add(firing.orElseThrow());
                firing = times.next(firing.orElseThrow());
            }
        }
    }
}

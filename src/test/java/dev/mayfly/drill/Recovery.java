package dev.mayfly.drill;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * When synchronous invocations were as before a fault again: after the first of its seconds, followed by two more, in
 * which every request succeeded and nine of ten were about as fast as in the quiet time before the fault. A request
 * counts for the second in which it was sent, or for the first if the fault met it. Functions take different times, so what is compared is how much longer
 * than its function's median a request took.
 *
 * @param after since the fault began
 * @param badSeconds how many seconds were not as before, up to the end of the fault's time
 * @param normal how much longer than its median a request takes in normal seconds, nine of ten
 * @param worst the same for the worst second
 */
record Recovery(Duration after, int badSeconds, Duration normal, Duration worst) {

    private static final int IN_A_ROW = 3;
    private static final Duration LEAST = Duration.ofMillis(250);
    private static final int TOLERANCE = 3;

    static Recovery of(Ledger.Entry entry, List<Fate> fates) {
        Instant began = entry.strike().began();
        List<Fate> before =
                fates.stream().filter(fate -> fate.sent().isBefore(began)).toList();
        Map<Kind, Duration> medians = medians(before);
        Duration usual = ninthDecile(before, medians);
        Duration limit = max(LEAST, usual.multipliedBy(TOLERANCE));
        Map<Integer, List<Fate>> seconds = bySecond(fates, began);
        int end = (int) Duration.between(began, entry.to()).toSeconds();
        Map<Integer, Duration> delays = new HashMap<>();
        seconds.forEach((second, sent) -> delays.put(second, ninthDecile(sent, medians)));
        boolean[] bad = new boolean[end];
        for (int second = 0; second < end; second++) {
            boolean slow = delays.getOrDefault(second, Duration.ZERO).compareTo(limit) > 0;
            bad[second] =
                    slow || seconds.getOrDefault(second, List.of()).stream().anyMatch(fate -> !fate.succeeded());
        }
        Duration worst = delays.values().stream().max(Duration::compareTo).orElse(Duration.ZERO);
        return new Recovery(Duration.ofSeconds(firstGood(bad)), count(bad), usual, worst);
    }

    private static int firstGood(boolean[] bad) {
        int good = 0;
        for (int second = 0; second < bad.length; second++) {
            good = bad[second] ? 0 : good + 1;
            if (good == IN_A_ROW) {
                return second - IN_A_ROW + 1;
            }
        }
        return bad.length;
    }

    private static int count(boolean[] bad) {
        int count = 0;
        for (boolean second : bad) {
            count += second ? 1 : 0;
        }
        return count;
    }

    private static Map<Integer, List<Fate>> bySecond(List<Fate> fates, Instant began) {
        Map<Integer, List<Fate>> seconds = new TreeMap<>();
        for (Fate fate : fates) {
            if (fate.ended().isAfter(began)) {
                int second =
                        Math.max(0, (int) Duration.between(began, fate.sent()).toSeconds());
                seconds.merge(second, List.of(fate), Recovery::joined);
            }
        }
        return seconds;
    }

    private static List<Fate> joined(List<Fate> some, List<Fate> more) {
        return java.util.stream.Stream.concat(some.stream(), more.stream()).toList();
    }

    private static Map<Kind, Duration> medians(List<Fate> fates) {
        Map<Kind, Duration> medians = new EnumMap<>(Kind.class);
        for (Kind kind : Kind.values()) {
            List<Duration> times = fates.stream()
                    .filter(fate -> fate.kind() == kind)
                    .map(Fate::took)
                    .sorted()
                    .toList();
            medians.put(kind, times.isEmpty() ? Duration.ZERO : times.get(times.size() / 2));
        }
        return medians;
    }

    private static Duration ninthDecile(List<Fate> fates, Map<Kind, Duration> medians) {
        List<Duration> delays = fates.stream()
                .map(fate -> fate.took().minus(medians.getOrDefault(fate.kind(), Duration.ZERO)))
                .sorted()
                .toList();
        return delays.isEmpty() ? Duration.ZERO : max(Duration.ZERO, delays.get(delays.size() * 9 / 10));
    }

    private static Duration max(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }
}

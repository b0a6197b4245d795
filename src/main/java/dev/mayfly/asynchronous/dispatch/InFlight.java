package dev.mayfly.asynchronous.dispatch;

import dev.mayfly.asynchronous.AsynchronousProperties;
import dev.mayfly.asynchronous.queue.Claim;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.ToIntFunction;

/**
 * The attempts that this process is making, and how many more it may begin. An attempt counts until its end is written
 * down, so what waits for that is bounded too. A function that finds no slot is left out for a while. Thread-safe.
 */
final class InFlight {

    /** Beyond so many functions that find no slot it is not about functions any more. */
    private static final int MOST_PAUSED = 64;

    private final AsynchronousProperties properties;
    /** How many of a function may run at once by its configuration. */
    private final ToIntFunction<String> concurrencyOf;

    private final Map<UUID, Attempt> attempts = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Instant> paused = new HashMap<>();

    InFlight(AsynchronousProperties properties, ToIntFunction<String> concurrencyOf) {
        this.properties = properties;
        this.concurrencyOf = concurrencyOf;
    }

    synchronized void begin(Attempt attempt) {
        attempts.put(attempt.claim().id(), attempt);
        counts.merge(attempt.claim().function(), 1, Integer::sum);
    }

    /** Its end is written down, or nobody wants to know of it. */
    synchronized void end(Claim claim) {
        Attempt known = attempts.get(claim.id());
        // This process may have lost an invocation and claimed it anew.
        if (known != null && known.claim().equals(claim)) {
            attempts.remove(claim.id());
        }
        counts.computeIfPresent(claim.function(), (_, count) -> count == 1 ? null : count - 1);
    }

    synchronized int size() {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    synchronized Collection<Attempt> attempts() {
        return List.copyOf(attempts.values());
    }

    synchronized Optional<Attempt> find(UUID id) {
        return Optional.ofNullable(attempts.get(id));
    }

    /** Leaves a function out until then. */
    synchronized void pause(String function, Instant until) {
        paused.merge(function, until, (before, now) -> before.isAfter(now) ? before : now);
    }

    /** How many more may begin now. */
    synchronized int room(Instant now) {
        paused.values().removeIf(until -> !until.isAfter(now));
        return paused.size() > MOST_PAUSED ? 0 : Math.max(0, properties.maxInflight() - size());
    }

    /** How many more of a function may begin. */
    synchronized int roomOf(String function) {
        int most = Math.min(properties.maxInflightPerFunction(), concurrencyOf.applyAsInt(function));
        return Math.max(0, most - counts.getOrDefault(function, 0));
    }

    /** Functions of which none may begin now. */
    synchronized Set<String> full() {
        Set<String> full = new HashSet<>(paused.keySet());
        counts.keySet().stream().filter(function -> roomOf(function) == 0).forEach(full::add);
        return full;
    }
}

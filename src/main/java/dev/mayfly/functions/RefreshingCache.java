package dev.mayfly.functions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Values read from a source that may not answer for a while. Thread-safe; one key is read by one thread at a time.
 *
 * <pre>
 *   age of the value         the source answers                  the source is silent
 *   below one interval       used                                used
 *   below two intervals      used; read in the background        used; one read at a time, of any key, probes the source
 *   older, or invalidated    read first                          the same, nobody waits
 *   older than may be, none  read first                          read first, which fails
 * </pre>
 *
 * <p>The source counts as silent once a read has failed, or takes longer than an interval while a value is there; and
 * until a read succeeds. So an outage makes callers wait once, for an interval at most.
 */
final class RefreshingCache<K, V> {

    /** A read that takes longer is left to itself: its connection may be one that nobody will ever answer on. */
    private static final Duration LONGEST_READ = Duration.ofSeconds(5);

    private final Function<K, V> source;
    private final Cache<K, CachedValue<V>> values;
    private final SourceState state;
    private final Ticker clock;
    private final Executor reads;
    private final long refreshNanos;
    private final long staleNanos;

    /**
     * A cache.
     *
     * @param refresh the interval
     * @param stale how old a value may be that is used while the source is silent
     * @param size how many values are kept
     * @param reads runs reads of the source
     */
    RefreshingCache(Function<K, V> source, Duration refresh, Duration stale, int size, Ticker clock, Executor reads) {
        this.source = source;
        this.clock = clock;
        this.reads = reads;
        this.refreshNanos = refresh.toNanos();
        this.staleNanos = Math.max(stale.toNanos(), 2 * refreshNanos);
        this.state = new SourceState(refreshNanos);
        this.values =
                Caffeine.newBuilder().maximumSize(size).executor(Runnable::run).build();
    }

    /**
     * The value of a key.
     *
     * @throws RuntimeException as the source does, if there is no value that may be used
     */
    V get(K key) {
        CachedValue<V> cached = values.get(key, _ -> new CachedValue<>());
        long now = clock.read();
        V value = cached.ifYounger(now, staleNanos);
        if (value == null) {
            return await(key, cached);
        }
        if (cached.isOld(now, 2 * refreshNanos) && !state.isSilent()) {
            return await(key, cached, value, now);
        }
        if (cached.isOld(now, refreshNanos) && state.mayRead(now)) {
            reading(key, cached, now);
        }
        return value;
    }

    /** The value of a key as the source has it now. */
    V reread(K key) {
        invalidate(key);
        return await(key, values.get(key, _ -> new CachedValue<>()));
    }

    /** Has a value be read anew before it is used again, unless the source is silent then. */
    void invalidate(K key) {
        CachedValue<V> cached = values.getIfPresent(key);
        if (cached != null) {
            cached.invalidate();
        }
    }

    private V await(K key, CachedValue<V> cached) {
        try {
            return reading(key, cached, clock.read()).future().join();
        } catch (CompletionException e) {
            if (cached.isEmpty()) {
                values.asMap().remove(key, cached);
            }
            throw unwrapped(e);
        }
    }

    /** Waits until the read has taken an interval. After an invalidation, which tells of a change, until its end. */
    private V await(K key, CachedValue<V> cached, V otherwise, long now) {
        CachedValue.Reading<V> reading = reading(key, cached, now);
        long patience = cached.isInvalidated() ? LONGEST_READ.toNanos() : refreshNanos - (now - reading.since());
        try {
            return reading.future().get(Math.max(0, patience), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            state.failed("no answer within " + Duration.ofNanos(patience));
            return otherwise;
        } catch (ExecutionException e) {
            return otherwise;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return otherwise;
        }
    }

    private CachedValue.Reading<V> reading(K key, CachedValue<V> cached, long now) {
        CachedValue.Reading<V> mine = new CachedValue.Reading<>(now);
        CachedValue.Reading<V> current = cached.startReading(mine, now - LONGEST_READ.toNanos());
        if (current == mine) {
            reads.execute(() -> read(key, cached, mine));
        }
        return current;
    }

    private void read(K key, CachedValue<V> cached, CachedValue.Reading<V> reading) {
        try {
            V value = source.apply(key);
            state.answered();
            cached.accept(reading, value);
            reading.future().complete(value);
        } catch (RuntimeException | Error e) {
            state.failed(e.toString());
            cached.giveUp(reading);
            reading.future().completeExceptionally(e);
        }
    }

    private static RuntimeException unwrapped(CompletionException e) {
        @Nullable Throwable cause = e.getCause();
        return cause instanceof RuntimeException failure ? failure : e;
    }
}

package dev.mayfly.workers;

import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.artifacts.StagedArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The contents of one kind on this worker's disk, within a budget: what was not used for longest makes room, but nothing
 * that is in use. A file's time of modification says when it was used, so that a restart forgets nothing. Thread-safe.
 */
final class ContentCache {

    private static final Logger LOG = LoggerFactory.getLogger(ContentCache.class);

    /** The use of content is written down this often at most. */
    private static final Duration PRECISION = Duration.ofMinutes(1);

    private final ArtifactStore store;
    private final long budgetBytes;
    private final Consumer<ContentDigest> evicted;
    private final InstantSource time;

    private final ReentrantLock lock = new ReentrantLock();
    /** The least recently used first. */
    private final Map<ContentDigest, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;
    private long reserved;

    /** Something that is here, under the lock of the cache. */
    private static final class Entry {

        private final long size;
        private Instant written;
        private int users;

        Entry(long size, Instant written) {
            this.size = size;
            this.written = written;
        }
    }

    /** Keeps contents from being evicted. */
    final class Lease implements AutoCloseable {

        private final List<Entry> held;
        private boolean closed;

        private Lease(List<Entry> held) {
            this.held = held;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                if (!closed) {
                    held.forEach(entry -> entry.users--);
                }
                closed = true;
            } finally {
                lock.unlock();
            }
        }
    }

    /** Room for what is on its way. */
    final class Reservation implements AutoCloseable {

        private final long size;
        private boolean closed;

        private Reservation(long size) {
            this.size = size;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                reserved -= closed ? 0 : size;
                closed = true;
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * A cache of what is in a store already, as far as the budget goes.
     *
     * @param budgetBytes that all contents together may take
     * @param evicted is told what has made room
     */
    ContentCache(ArtifactStore store, long budgetBytes, Consumer<ContentDigest> evicted, InstantSource time)
            throws IOException {
        this.store = store;
        this.budgetBytes = budgetBytes;
        this.evicted = evicted;
        this.time = time;
        for (Found found : found()) {
            entries.put(found.digest(), new Entry(found.size(), found.used()));
            bytes += found.size();
        }
        makeRoom(0);
    }

    private record Found(ContentDigest digest, long size, Instant used) {}

    private List<Found> found() throws IOException {
        List<Found> all = new ArrayList<>();
        for (ContentDigest digest : store.list()) {
            Path file = store.locate(digest);
            all.add(new Found(
                    digest, Files.size(file), Files.getLastModifiedTime(file).toInstant()));
        }
        all.sort(Comparator.comparing(Found::used));
        return all;
    }

    /** Takes contents into use; empty if one of them is not here. */
    Optional<Lease> use(Collection<ContentDigest> digests) {
        lock.lock();
        try {
            if (!entries.keySet().containsAll(digests)) {
                return Optional.empty();
            }
            List<Entry> held = new ArrayList<>();
            for (ContentDigest digest : digests) {
                Entry entry = Objects.requireNonNull(entries.get(digest));
                entry.users++;
                writeDown(digest, entry);
                held.add(entry);
            }
            return Optional.of(new Lease(held));
        } finally {
            lock.unlock();
        }
    }

    private void writeDown(ContentDigest digest, Entry entry) {
        Instant now = time.instant();
        if (Duration.between(entry.written, now).compareTo(PRECISION) > 0) {
            entry.written = now;
            try {
                Files.setLastModifiedTime(store.locate(digest), FileTime.from(now));
            } catch (IOException e) {
                LOG.warn("The use of {} could not be written down", digest, e);
            }
        }
    }

    boolean has(ContentDigest digest) {
        return missing(List.of(digest)).isEmpty();
    }

    /** Those that are not here. */
    List<ContentDigest> missing(Collection<ContentDigest> digests) {
        lock.lock();
        try {
            return digests.stream()
                    .filter(digest -> !entries.containsKey(digest))
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** How many bytes there may be. */
    long capacity() {
        return budgetBytes;
    }

    /** Makes room for so many bytes; empty if there is none beside what is in use, or on its way. */
    Optional<Reservation> reserve(long size) throws IOException {
        lock.lock();
        try {
            if (!canHave(size) || !makeRoom(size)) {
                return Optional.empty();
            }
            reserved += size;
            return Optional.of(new Reservation(size));
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing needs to go in vain. */
    private boolean canHave(long size) {
        long used = entries.values().stream()
                .filter(entry -> entry.users > 0)
                .mapToLong(entry -> entry.size)
                .sum();
        return size <= budgetBytes - used - reserved;
    }

    /**
     * Takes content in. What was reserved for it is to be given back before.
     *
     * @return false if there is no room for it beside what is in use
     */
    boolean add(StagedArtifact content) throws IOException {
        lock.lock();
        try {
            if (entries.containsKey(content.digest())) {
                return true;
            }
            if (!canHave(content.size()) || !makeRoom(content.size())) {
                return false;
            }
            content.commit();
            entries.put(content.digest(), new Entry(content.size(), time.instant()));
            bytes += content.size();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean makeRoom(long size) throws IOException {
        Iterator<Map.Entry<ContentDigest, Entry>> oldest = entries.entrySet().iterator();
        while (bytes + reserved + size > budgetBytes && oldest.hasNext()) {
            Map.Entry<ContentDigest, Entry> candidate = oldest.next();
            if (candidate.getValue().users == 0) {
                store.delete(candidate.getKey());
                oldest.remove();
                bytes -= candidate.getValue().size;
                evicted.accept(candidate.getKey());
            }
        }
        return bytes + reserved + size <= budgetBytes;
    }

    /** What is here. */
    Set<ContentDigest> digests() {
        lock.lock();
        try {
            return Set.copyOf(entries.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** How much disk it takes. */
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }
}

package dev.mayfly.workers;

import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ModuleDigest;
import dev.mayfly.artifacts.StagedArtifact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The modules on this worker's disk, within a budget: what was not used for longest makes room, but nothing that is in use.
 * A file's time of modification says when it was used, so that a restart forgets nothing. Thread-safe.
 */
final class ModuleCache {

    private static final Logger LOG = LoggerFactory.getLogger(ModuleCache.class);

    /** The use of a module is written down this often at most. */
    private static final Duration PRECISION = Duration.ofMinutes(1);

    private final ArtifactStore store;
    private final long budgetBytes;
    private final InstantSource time;

    private final ReentrantLock lock = new ReentrantLock();
    /** The least recently used first. */
    private final Map<ModuleDigest, Entry> entries = new LinkedHashMap<>(16, 0.75f, true);

    private long bytes;

    /** A module, under the lock of the cache. */
    private static final class Entry {

        private final long size;
        private Instant written;
        private int users;

        Entry(long size, Instant written) {
            this.size = size;
            this.written = written;
        }
    }

    /** Keeps a module from being evicted. */
    final class Lease implements AutoCloseable {

        private final Entry entry;
        private boolean closed;

        private Lease(Entry entry) {
            this.entry = entry;
        }

        @Override
        public void close() {
            lock.lock();
            try {
                entry.users -= closed ? 0 : 1;
                closed = true;
            } finally {
                lock.unlock();
            }
        }
    }

    /**
     * A cache of what is in a store already, as far as the budget goes.
     *
     * @param budgetBytes that all modules together may take
     */
    ModuleCache(ArtifactStore store, long budgetBytes, InstantSource time) throws IOException {
        this.store = store;
        this.budgetBytes = budgetBytes;
        this.time = time;
        for (Found found : found()) {
            entries.put(found.digest(), new Entry(found.size(), found.used()));
            bytes += found.size();
        }
        makeRoom(0);
    }

    private record Found(ModuleDigest digest, long size, Instant used) {}

    private List<Found> found() throws IOException {
        List<Found> all = new ArrayList<>();
        for (ModuleDigest digest : store.list()) {
            Path file = store.locate(digest);
            all.add(new Found(
                    digest, Files.size(file), Files.getLastModifiedTime(file).toInstant()));
        }
        all.sort(Comparator.comparing(Found::used));
        return all;
    }

    /** Takes a module into use; empty if it is not here. */
    Optional<Lease> use(ModuleDigest digest) {
        lock.lock();
        try {
            Entry entry = entries.get(digest);
            if (entry == null) {
                return Optional.empty();
            }
            entry.users++;
            writeDown(digest, entry);
            return Optional.of(new Lease(entry));
        } finally {
            lock.unlock();
        }
    }

    private void writeDown(ModuleDigest digest, Entry entry) {
        Instant now = time.instant();
        if (Duration.between(entry.written, now).compareTo(PRECISION) > 0) {
            entry.written = now;
            try {
                Files.setLastModifiedTime(store.locate(digest), FileTime.from(now));
            } catch (IOException e) {
                LOG.warn("The use of module {} could not be written down", digest, e);
            }
        }
    }

    boolean has(ModuleDigest digest) {
        lock.lock();
        try {
            return entries.containsKey(digest);
        } finally {
            lock.unlock();
        }
    }

    /**
     * Takes a module in.
     *
     * @return false if there is no room for it beside those in use
     */
    boolean add(StagedArtifact module) throws IOException {
        lock.lock();
        try {
            if (entries.containsKey(module.digest())) {
                return true;
            }
            if (!makeRoom(module.size())) {
                return false;
            }
            module.commit();
            entries.put(module.digest(), new Entry(module.size(), time.instant()));
            bytes += module.size();
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean makeRoom(long size) throws IOException {
        Iterator<Map.Entry<ModuleDigest, Entry>> oldest = entries.entrySet().iterator();
        while (bytes + size > budgetBytes && oldest.hasNext()) {
            Map.Entry<ModuleDigest, Entry> candidate = oldest.next();
            if (candidate.getValue().users == 0) {
                store.delete(candidate.getKey());
                oldest.remove();
                bytes -= candidate.getValue().size;
            }
        }
        return bytes + size <= budgetBytes;
    }

    /** The modules that are here. */
    Set<ModuleDigest> digests() {
        lock.lock();
        try {
            return Set.copyOf(entries.keySet());
        } finally {
            lock.unlock();
        }
    }

    /** How much disk they take. */
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }
}

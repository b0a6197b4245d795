package dev.mayfly.disk;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A directory. Each entry has a place in the listing that it keeps for as long as it exists and that no other entry ever
 * gets, so that whoever lists a directory while it changes meets each entry that stays exactly once.
 */
public final class Directory implements Node {

    /**
     * A name in a directory.
     *
     * @param place in the listing, ascending from 0
     * @param counted whether it counts against the quota
     */
    public record Entry(String name, Node node, long place, boolean counted) {}

    private final Inode inode;
    private Directory parent;
    private @Nullable Consumer<Directory> below;
    private Map<String, Entry> byName = Map.of();
    private NavigableMap<Long, Entry> byPlace = new TreeMap<>();
    private long nextPlace;

    /** The root of a file system. */
    Directory(Inode inode) {
        this.inode = inode;
        this.parent = this;
    }

    Directory(Inode inode, Directory parent) {
        this.inode = inode;
        this.parent = parent;
    }

    /** Has entries put in by the layer below before the first look at them. */
    void liesOn(Consumer<Directory> entries) {
        below = entries;
    }

    @Override
    public Inode inode() {
        return inode;
    }

    @Override
    public long size() {
        return 0;
    }

    /** The directory that this one is in; the root is in itself. */
    public Directory parent() {
        return parent;
    }

    void moveTo(Directory newParent) {
        parent = newParent;
    }

    /** The entries from a place in the listing on. */
    public Iterable<Entry> entriesFrom(long place) {
        load();
        return byPlace.tailMap(place, true).values();
    }

    @Nullable
    Node get(String name) {
        load();
        Entry entry = byName.get(name);
        return entry == null ? null : entry.node();
    }

    void requireEmpty() throws FileException {
        load();
        if (!byName.isEmpty()) {
            throw FileException.of(FileError.NOTEMPTY);
        }
    }

    /** Whether it was removed; a directory that is open outlives its removal, but nothing can be put into it. */
    boolean removed() {
        return inode.links() == 0;
    }

    /** Adds an entry. There must be none of that name. */
    void put(String name, Node node, long now) {
        load();
        insert(new Entry(name, node, nextPlace++, true));
        inode.touchModified(now);
    }

    /** Adds an entry of the layer below. */
    void adopt(String name, Node node) {
        insert(new Entry(name, node, nextPlace++, false));
    }

    /** Removes an entry, which must be there. */
    Entry remove(String name, long now) {
        Entry removed = byName.remove(name);
        if (removed == null) {
            throw new IllegalStateException("no such entry");
        }
        byPlace.remove(removed.place());
        inode.touchModified(now);
        return removed;
    }

    /** Whether it is another directory, or is inside of it. */
    boolean isWithin(Directory other) {
        Directory directory = this;
        while (directory != other) {
            if (directory.parent == directory) {
                return false;
            }
            directory = directory.parent;
        }
        return true;
    }

    private void insert(Entry entry) {
        if (byName.isEmpty()) {
            byName = new HashMap<>();
        }
        byName.put(entry.name(), entry);
        byPlace.put(entry.place(), entry);
    }

    private void load() {
        Consumer<Directory> entries = below;
        if (entries != null) {
            below = null;
            entries.accept(this);
        }
    }
}

package dev.mayfly.disk;

import dev.mayfly.disk.LowerNode.LowerDirectory;
import dev.mayfly.disk.LowerNode.LowerEntry;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A directory: the entries of one on a disk, if it lies on one, without those that were removed, and with those that were
 * added. Each entry has a place in the listing that it keeps for as long as it exists and that no other entry ever
 * gets, so that whoever lists a directory while it changes meets each entry that stays exactly once.
 */
public final class Directory implements Node {

    /** What remembering costs that an entry of the disk was removed. */
    static final long REMOVAL_BYTES = 64;

    /**
     * A name in a directory.
     *
     * @param number of the file that it stands for
     * @param place in the listing, ascending from 0
     */
    public record Entry(String name, long number, NodeKind kind, long place) {}

    /** An entry that is not of the disk. */
    private record Own(String name, Node node, long place) {

        Entry entry() {
            return new Entry(name, node.inode().number(), node.kind(), place);
        }
    }

    /** An entry that is not of the disk, and what it stands for. */
    record Added(String name, Node node) {}

    /** What it lies on. */
    private record Below(LowerDirectory directory, LowerLayer layer, Set<Integer> removed) {}

    private final Inode inode;
    private final @Nullable Below below;
    private Directory parent;
    private boolean fixed;
    private Map<String, Own> byName = Map.of();
    private NavigableMap<Long, Own> byPlace = Collections.emptyNavigableMap();
    private long nextPlace;

    /** The root of a file system that lies on nothing. */
    Directory(Inode inode) {
        this(inode, null, null);
    }

    Directory(Inode inode, Directory parent) {
        this(inode, parent, null);
    }

    /** A directory on one of a disk; the root if it has no parent. */
    Directory(Inode inode, @Nullable Directory parent, LowerDirectory directory, LowerLayer layer) {
        this(inode, parent, new Below(directory, layer, new HashSet<>(0)));
        this.nextPlace = directory.count();
    }

    private Directory(Inode inode, @Nullable Directory parent, @Nullable Below below) {
        this.inode = inode;
        this.parent = parent == null ? this : parent;
        this.below = below;
    }

    @Override
    public Inode inode() {
        return inode;
    }

    @Override
    public NodeKind kind() {
        return NodeKind.DIRECTORY;
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

    /** Whether it can be neither removed nor moved, because a disk is seen there or within. */
    boolean fixed() {
        return fixed;
    }

    /** The entries from a place in the listing on. */
    @SuppressWarnings("StreamToIterable") // gone through once, by whoever asked
    public Iterable<Entry> entriesFrom(long place) {
        Stream<Entry> own = byPlace.tailMap(place, true).values().stream().map(Own::entry);
        return (below == null ? own : Stream.concat(entriesBelow(below, place), own))::iterator;
    }

    private static Stream<Entry> entriesBelow(Below below, long place) {
        int count = below.directory().count();
        return IntStream.range((int) Math.min(place, count), count)
                .filter(index -> !below.removed().contains(index))
                .mapToObj(index -> {
                    LowerEntry entry = below.directory().entry(index);
                    return new Entry(entry.name(), below.layer().numberOf(entry.number()), entry.kind(), index);
                });
    }

    @Nullable
    Node get(String name) {
        Own own = byName.get(name);
        if (own != null) {
            return own.node();
        }
        int index = below == null ? -1 : indexBelow(below, name);
        return below == null || index < 0
                ? null
                : below.layer().adopt(below.directory().node(index), this);
    }

    /** The entries that are not of the disk, by name. */
    List<Added> added() {
        return byName.values().stream()
                .map(own -> new Added(own.name(), own.node()))
                .sorted(Comparator.comparing(Added::name))
                .toList();
    }

    boolean hasAdded(String name) {
        return byName.containsKey(name);
    }

    /** How many entries the disk has here. */
    int countBelow() {
        return below == null ? 0 : below.directory().count();
    }

    /** An entry of the disk, whether it is still there or not. */
    LowerEntry entryBelow(int index) {
        return below().directory().entry(index);
    }

    /** Whether an entry of the disk was removed. */
    boolean isRemovedBelow(int index) {
        return below().removed().contains(index);
    }

    /** What an entry of the disk stands for, if the instance has an object for it. */
    @Nullable
    Node knownBelow(int index) {
        return below().layer().known(entryBelow(index).number());
    }

    /** What an entry of the disk stands for; not remembered. */
    Node lookBelow(int index) {
        return below().layer().look(below().directory().node(index), this);
    }

    /** What the disk has under a name, whether it is still there or not. */
    Optional<LowerEntry> findBelow(String name) {
        int index = below == null ? -1 : below.directory().find(name);
        return index < 0 ? Optional.empty() : Optional.of(entryBelow(index));
    }

    /** Whether something is what the disk has under a name. */
    boolean isOfDisk(String name, Node node) {
        return below != null
                && node.inode().layer() == below.layer()
                && findBelow(name).stream()
                        .anyMatch(entry -> below.layer().numberOf(entry.number())
                                == node.inode().number());
    }

    private Below below() {
        if (below == null) {
            throw new IllegalStateException("lies on nothing");
        }
        return below;
    }

    /** The index of an entry of the disk that is still there; -1 if there is none. */
    private static int indexBelow(Below below, String name) {
        int index = below.directory().find(name);
        return index >= 0 && below.removed().contains(index) ? -1 : index;
    }

    void requireEmpty() throws FileException {
        boolean nothingBelow =
                below == null || below.removed().size() == below.directory().count();
        if (!byName.isEmpty() || !nothingBelow) {
            throw FileException.of(FileError.NOTEMPTY);
        }
    }

    /** Whether it was removed; a directory that is open outlives its removal, but nothing can be put into it. */
    boolean removed() {
        return inode.links() == 0;
    }

    /** Adds an entry. There must be none of that name. */
    void put(String name, Node node, long now) {
        if (byName.isEmpty()) {
            byName = new HashMap<>();
            byPlace = new TreeMap<>();
        }
        Own own = new Own(name, node, nextPlace++);
        byName.put(name, own);
        byPlace.put(own.place(), own);
        inode.touchModified(now);
    }

    /** What removing an entry takes of the quota: nothing, or if it is of the disk what remembering it does. */
    long removalBytes(String name) {
        return byName.containsKey(name) ? 0 : REMOVAL_BYTES;
    }

    /** Removes an entry, which must be there. */
    void remove(String name, long now) {
        Own removed = byName.isEmpty() ? null : byName.remove(name);
        if (removed != null) {
            byPlace.remove(removed.place());
        } else {
            removeBelow(name);
        }
        inode.touchModified(now);
    }

    private void removeBelow(String name) {
        int index = below == null ? -1 : indexBelow(below, name);
        if (below == null || index < 0) {
            throw new IllegalStateException("no such entry");
        }
        below.removed().add(index);
    }

    /** What was taken of the quota for entries of the disk that were removed. */
    long removalsBytes() {
        return below == null ? 0 : REMOVAL_BYTES * below.removed().size();
    }

    /** Has a directory be seen under a name, whatever stood there. Takes nothing of the quota. */
    void mount(String name, Directory mounted) {
        long modified = inode.modified();
        if (get(name) != null) {
            remove(name, modified);
        }
        put(name, mounted, modified);
        inode.pin();
        mounted.fixed = true;
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
}

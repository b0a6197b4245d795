package dev.mayfly.disk;

import dev.mayfly.disk.LowerNode.LowerDirectory;
import dev.mayfly.disk.LowerNode.LowerFile;
import dev.mayfly.disk.LowerNode.LowerLink;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes an instance's own files of those of a disk, each when a path first leads to it. What was only looked at is
 * forgotten again once there is much of it, and made anew when asked for, so that walking through a large disk takes no
 * memory; what is open or was changed stays.
 */
final class LowerLayer {

    /** How many files that are neither open nor changed are remembered of a disk, mostly. */
    static final int REMEMBERED = 1024;

    private final Quota quota;
    private final LongSupplier clock;
    private final long firstNumber;
    private final boolean readOnly;
    private final int remembered;
    private final Map<Long, Node> known = new HashMap<>();
    private int knownBound;
    private boolean forgetful;

    /**
     * A layer.
     *
     * @param firstNumber what is added to the numbers of its files
     * @param readOnly whether nothing of it can be changed, not even in memory
     * @param remembered how many files are remembered that are neither open nor changed
     */
    LowerLayer(Quota quota, LongSupplier clock, long firstNumber, boolean readOnly, int remembered) {
        this.quota = quota;
        this.clock = clock;
        this.firstNumber = firstNumber;
        this.readOnly = readOnly;
        this.remembered = remembered;
        this.knownBound = remembered;
    }

    boolean readOnly() {
        return readOnly;
    }

    Quota quota() {
        return quota;
    }

    long numberOf(long lowerNumber) {
        return firstNumber + lowerNumber;
    }

    Inode inode(LowerNode lower) {
        return new Inode(numberOf(lower.number()), lower.links(), lower.modified(), this);
    }

    /** What a file of the disk is for the instance: the same object while it is open or changed, or within one call. */
    Node adopt(LowerNode lower, Directory parent) {
        Node node = known.get(lower.number());
        if (node == null) {
            node = make(lower, parent);
            known.put(lower.number(), node);
        }
        return node;
    }

    /** The object for a file of the disk, if there is one. */
    @Nullable
    Node known(long lowerNumber) {
        return known.get(lowerNumber);
    }

    /** What a file of the disk is for the instance, without remembering it. */
    Node look(LowerNode lower, Directory parent) {
        Node node = known.get(lower.number());
        return node == null ? make(lower, parent) : node;
    }

    /** Whether a file was changed that has, or may have, names in directories that are not known. */
    boolean hasChangesInUnknownPlaces() {
        return !readOnly && known.values().stream().anyMatch(this::isChangedInUnknownPlaces);
    }

    private boolean isChangedInUnknownPlaces(Node node) {
        boolean changed =
                switch (node) {
                    // It is known itself, and so are those that it is in.
                    case Directory _ -> false;
                    case RegularFile file -> file.isChanged();
                    case SymbolicLink link -> link.inode().modifiedSince();
                };
        return changed && (forgetful || node.inode().linksBefore() > 1);
    }

    private Node make(LowerNode lower, Directory parent) {
        return switch (lower) {
            case LowerDirectory inner -> new Directory(inode(inner), parent, inner, this);
            case LowerFile file -> new RegularFile(inode(file), new Blocks(quota, file), clock);
            case LowerLink link -> new SymbolicLink(inode(link), link.target());
        };
    }

    /** Nothing leads to it any more. */
    void forget(Inode inode) {
        known.remove(inode.number() - firstNumber);
    }

    /** Forgets what need not be known, if that is much. Only between calls, as it makes new objects of the same files. */
    void tidy() {
        if (known.size() <= knownBound) {
            return;
        }
        Set<Node> needed = new HashSet<>();
        for (Node node : known.values()) {
            if (node.inode().needed()) {
                needed.add(node);
                if (node instanceof Directory directory) {
                    addAncestors(directory, needed);
                }
            }
        }
        forgetful |= known.values().removeIf(node -> !needed.contains(node));
        knownBound = known.size() + remembered;
    }

    private static void addAncestors(Directory directory, Set<Node> needed) {
        Directory above = directory.parent();
        while (above.parent() != above && needed.add(above)) {
            above = above.parent();
        }
    }
}

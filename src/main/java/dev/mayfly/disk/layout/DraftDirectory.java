package dev.mayfly.disk.layout;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A directory of a disk that is being laid out. */
public final class DraftDirectory implements Draft {

    /** A name in a directory, and its bytes, by which entries are sorted. */
    record Entry(String name, Draft node) {}

    private final DraftInode inode;
    private final int depth;
    private final String path;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    DraftDirectory(long modified, int depth, String path) {
        this.inode = new DraftInode(modified);
        this.depth = depth;
        this.path = path;
    }

    DraftInode inode() {
        return inode;
    }

    @Override
    public long modified() {
        return inode.modified();
    }

    int depth() {
        return depth;
    }

    /** From the root, without a slash at either end; empty for the root. */
    public String path() {
        return path;
    }

    /** The path of an entry. */
    public String pathOf(String name) {
        return path.isEmpty() ? name : path + "/" + name;
    }

    /** What an entry stands for; null if there is none. */
    public @Nullable Draft get(String name) {
        Entry entry = entries.get(name);
        return entry == null ? null : entry.node();
    }

    Collection<Entry> entries() {
        return entries.values();
    }

    void put(String name, Draft node) {
        entries.put(name, new Entry(name, node));
    }

    void remove(String name) {
        entries.remove(name);
    }
}

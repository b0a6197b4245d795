package dev.mayfly.disk;

import org.jspecify.annotations.Nullable;

/** What every kind of file has. Times are in nanoseconds since 1970-01-01T00:00:00Z. */
public final class Inode {

    private final long number;

    /** Where it comes from; null if the instance made it. */
    private final @Nullable LowerLayer layer;

    /** As it was when the instance saw it first. */
    private final int linksBefore;

    private final long modifiedBefore;

    private boolean kept;
    private boolean relinked;
    private int links;
    private int opens;
    private long accessed;
    private long modified;
    private long changed;

    /** A file of the instance that has no name yet. */
    Inode(long number, long now) {
        this(number, 0, now, null);
    }

    /**
     * A file.
     *
     * @param number distinguishes it from all others of its file system
     * @param layer where it comes from, if it does; then it does not count against the quota until it is changed
     */
    Inode(long number, int links, long modified, @Nullable LowerLayer layer) {
        this.number = number;
        this.layer = layer;
        this.linksBefore = links;
        this.modifiedBefore = modified;
        this.links = links;
        this.accessed = modified;
        this.modified = modified;
        this.changed = modified;
    }

    public long number() {
        return number;
    }

    /** How many names it has. */
    public int links() {
        return links;
    }

    /** When it was read last. */
    public long accessed() {
        return accessed;
    }

    /** When its contents were changed last. */
    public long modified() {
        return modified;
    }

    /** When it was changed last in any way. */
    public long changed() {
        return changed;
    }

    /** Where it comes from; null if the instance made it. */
    @Nullable
    LowerLayer layer() {
        return layer;
    }

    /** How many names it had on the disk. */
    int linksBefore() {
        return linksBefore;
    }

    /** Whether its contents are not of the time that they were of when the instance saw them first. */
    boolean modifiedSince() {
        return modified != modifiedBefore;
    }

    /** Notes that it has a name by the instance beside another one. */
    void relinked() {
        relinked = true;
    }

    boolean isRelinked() {
        return relinked;
    }

    /** Whether nothing of it can be changed. */
    boolean readOnly() {
        return layer != null && layer.readOnly();
    }

    /**
     * Before any change. One to a file of a disk has to be remembered, which takes memory.
     *
     * @throws FileException if it cannot be changed
     */
    void keep() throws FileException {
        if (layer == null || kept) {
            return;
        }
        if (layer.readOnly()) {
            throw FileException.of(FileError.ROFS);
        }
        layer.quota().takeBytes(FileSystem.FILE_BYTES);
        kept = true;
    }

    /** Nobody can reach it any more: gives back what keeping took. */
    void release() {
        if (layer != null) {
            layer.forget(this);
            if (kept) {
                layer.quota().giveBytes(FileSystem.FILE_BYTES);
                kept = false;
            }
        }
    }

    /** Has it stay without taking anything, because the file system itself changed it. */
    void pin() {
        kept = true;
    }

    /** Whether the object must stay the one for this file. */
    boolean needed() {
        return kept || opens > 0;
    }

    void linked(long now) {
        links++;
        changed = now;
    }

    void unlinked(long now) {
        links--;
        changed = now;
    }

    void opened() {
        opens++;
    }

    void closed() {
        opens--;
    }

    /** Whether nobody can reach it any more. */
    boolean unreachable() {
        return links == 0 && opens == 0;
    }

    void touchModified(long now) {
        modified = now;
        changed = now;
    }

    void touchAccessed(long now) {
        accessed = now;
    }

    void setTimes(long newAccessed, long newModified, long now) {
        accessed = newAccessed;
        modified = newModified;
        changed = now;
    }
}

package dev.mayfly.disk;

/** What every kind of file has. Times are in nanoseconds since 1970-01-01T00:00:00Z. */
public final class Inode {

    private final long number;
    private final boolean counted;
    private int links;
    private int opens;
    private long accessed;
    private long modified;
    private long changed;

    /**
     * A file that has no name yet.
     *
     * @param number distinguishes it from all others of its file system
     * @param counted whether it counts against the quota
     */
    Inode(long number, boolean counted, long now) {
        this.number = number;
        this.counted = counted;
        this.accessed = now;
        this.modified = now;
        this.changed = now;
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

    boolean counted() {
        return counted;
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

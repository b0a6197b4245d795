package dev.mayfly.disk.layout;

/** What every kind of file has that is being laid out. */
final class DraftInode {

    private long modified;
    private int links;
    private int index = -1;

    /**
     * Without a name yet.
     *
     * @param modified in nanoseconds since 1970-01-01T00:00:00Z
     */
    DraftInode(long modified) {
        this.modified = modified;
    }

    long modified() {
        return modified;
    }

    void setModified(long time) {
        modified = time;
    }

    int links() {
        return links;
    }

    void linked() {
        links++;
    }

    void unlinked() {
        links--;
    }

    /** Its place among all; -1 if it has none yet. */
    int index() {
        return index;
    }

    void setIndex(int place) {
        index = place;
    }
}

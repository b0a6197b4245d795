package dev.mayfly.disk.layout;

import java.util.Arrays;

/** A regular file of a disk that is being laid out, whose contents are in place already. */
public final class DraftFile implements Draft {

    private static final int NUMBERS = 3;

    private final DraftInode inode;
    private long size;

    /** For each extent: where in the file it begins, its length, and where on the disk it is. Ascending. */
    private long[] extents = {};

    DraftFile(long modified) {
        this.inode = new DraftInode(modified);
    }

    DraftInode inode() {
        return inode;
    }

    @Override
    public long modified() {
        return inode.modified();
    }

    /** In bytes. */
    public long size() {
        return size;
    }

    void setSize(long bytes) {
        size = bytes;
    }

    int extentCount() {
        return extents.length / NUMBERS;
    }

    long[] extents() {
        return extents;
    }

    /** Adds an extent behind the others; one with the last if it continues that. */
    void add(long position, long length, long place) {
        int last = extents.length - NUMBERS;
        if (last >= 0
                && extents[last] + extents[last + 1] == position
                && extents[last + 2] + extents[last + 1] == place) {
            extents[last + 1] += length;
            return;
        }
        extents = Arrays.copyOf(extents, extents.length + NUMBERS);
        extents[last + NUMBERS] = position;
        extents[last + NUMBERS + 1] = length;
        extents[last + NUMBERS + 2] = place;
    }
}

package dev.mayfly.disk;

import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/** A regular file. Positions and sizes are in bytes and not negative. */
public final class RegularFile implements Node {

    private final Inode inode;
    private final Blocks blocks;
    private final LongSupplier clock;

    RegularFile(Inode inode, Blocks blocks, LongSupplier clock) {
        this.inode = inode;
        this.blocks = blocks;
        this.clock = clock;
    }

    @Override
    public Inode inode() {
        return inode;
    }

    @Override
    public NodeKind kind() {
        return NodeKind.REGULAR_FILE;
    }

    @Override
    public long size() {
        return blocks.size();
    }

    /**
     * Reads what is there.
     *
     * @return the number of bytes, or -1 at the end of the file
     */
    public int read(long position, ByteBuffer target) throws FileException {
        int count = blocks.read(position, target);
        inode.touchAccessed(clock.getAsLong());
        return count;
    }

    /**
     * Writes as much as fits into the quota; the source's position moves behind it. A gap between the file's end and the
     * position is filled with zeros.
     *
     * @throws FileException if nothing fits
     */
    public void write(long position, ByteBuffer source) throws FileException {
        inode.keep();
        blocks.write(position, source);
        inode.touchModified(clock.getAsLong());
    }

    /** Cuts the file off, or appends zeros. */
    public void resize(long size) throws FileException {
        inode.keep();
        blocks.resize(size);
        inode.touchModified(clock.getAsLong());
    }

    /** Makes sure that a range, which must not be empty, can be written. The file grows if the range ends behind it. */
    public void allocate(long position, long length) throws FileException {
        inode.keep();
        blocks.allocate(position, length);
        inode.touchModified(clock.getAsLong());
    }

    /** Whether it is not as it is on the disk, or not of a disk. */
    boolean isChanged() {
        return blocks.isChanged() || inode.modifiedSince() || inode.isRelinked();
    }

    void dropContents() {
        blocks.clear();
    }
}

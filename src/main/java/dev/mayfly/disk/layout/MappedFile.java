package dev.mayfly.disk.layout;

import dev.mayfly.disk.LowerNode.LowerFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** A regular file of a mapped disk. */
record MappedFile(MappedDisk disk, int node) implements LowerFile {

    @Override
    public long number() {
        return node + 1L;
    }

    @Override
    public int links() {
        return disk.links(node);
    }

    @Override
    public long modified() {
        return disk.modified(node);
    }

    @Override
    public long size() {
        return disk.size(node);
    }

    @Override
    public void read(long position, ByteBuffer target, int length) throws IOException {
        try {
            MemorySegment to = MemorySegment.ofBuffer(target);
            copy(position, to, length);
            target.position(target.position() + length);
        } catch (InternalError e) {
            // What the JVM makes of a page that the system cannot read.
            throw new IOException("the disk cannot be read", e);
        }
    }

    private void copy(long position, MemorySegment to, int length) {
        MemorySegment file = disk.file();
        long end = disk.first(node) + disk.count(node);
        long extent = firstEndingBehind(position, end);
        int done = 0;
        while (done < length) {
            long at = position + done;
            long start = extent < end ? file.get(Layout.LONG, disk.extentAt(extent)) : Long.MAX_VALUE;
            if (at < start) {
                int zeros = (int) Math.min(length - done, start - at);
                to.asSlice(done, zeros).fill((byte) 0);
                done += zeros;
            } else {
                done += copyExtent(extent, at - start, to, done, length - done);
                extent++;
            }
        }
    }

    private int copyExtent(long extent, long offset, MemorySegment to, int done, int wanted) {
        MemorySegment file = disk.file();
        long at = disk.extentAt(extent);
        int count = (int) Math.min(wanted, file.get(Layout.LONG, at + Layout.EXTENT_LENGTH) - offset);
        MemorySegment.copy(file, file.get(Layout.LONG, at + Layout.EXTENT_PLACE) + offset, to, done, count);
        return count;
    }

    /** The first extent that does not end before a position. */
    private long firstEndingBehind(long position, long end) {
        MemorySegment file = disk.file();
        long low = disk.first(node);
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            long at = disk.extentAt(middle);
            if (file.get(Layout.LONG, at) + file.get(Layout.LONG, at + Layout.EXTENT_LENGTH) <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}

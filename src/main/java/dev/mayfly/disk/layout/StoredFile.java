package dev.mayfly.disk.layout;

import dev.mayfly.disk.LowerNode.LowerFile;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/** A regular file of a stored disk. */
record StoredFile(StoredDisk disk, int node) implements LowerFile {

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
        ByteBuffer part = target.slice(target.position(), length);
        long end = disk.first(node) + disk.count(node);
        long extent = firstEndingBehind(position, end);
        while (part.position() < length) {
            long at = position + part.position();
            long start = extent < end ? tables().get(Layout.LONG, disk.extentAt(extent)) : Long.MAX_VALUE;
            if (at < start) {
                zero(part, (int) Math.min(length - part.position(), start - at));
            } else {
                readExtent(extent++, at - start, part);
            }
        }
        target.position(target.position() + length);
    }

    private static void zero(ByteBuffer part, int count) {
        MemorySegment.ofBuffer(part).asSlice(0, count).fill((byte) 0);
        part.position(part.position() + count);
    }

    private void readExtent(long extent, long offset, ByteBuffer part) throws IOException {
        long at = disk.extentAt(extent);
        long left = tables().get(Layout.LONG, at + Layout.EXTENT_LENGTH) - offset;
        part.limit((int) Math.min(part.capacity(), part.position() + left));
        disk.read(tables().get(Layout.LONG, at + Layout.EXTENT_PLACE) + offset, part);
        part.limit(part.capacity());
    }

    private MemorySegment tables() {
        return disk.tables();
    }

    /** The first extent that does not end before a position. */
    private long firstEndingBehind(long position, long end) {
        MemorySegment tables = disk.tables();
        long low = disk.first(node);
        long high = end;
        while (low < high) {
            long middle = (low + high) >>> 1;
            long at = disk.extentAt(middle);
            if (tables.get(Layout.LONG, at) + tables.get(Layout.LONG, at + Layout.EXTENT_LENGTH) <= position) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}

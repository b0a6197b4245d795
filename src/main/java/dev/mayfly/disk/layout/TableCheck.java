package dev.mayfly.disk.layout;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Whether tables say what can be: every place is where it should be, names are sorted, directories are a tree. Whoever
 * reads them needs no doubts then. A hash cannot tell, since who makes up tables makes up their hash.
 */
final class TableCheck {

    private static final int DIRECTORY = 0;
    private static final int FILE = 1;
    private static final int LINK = 2;

    private final StoredDisk disk;
    private final MemorySegment tables;
    private final long contentBytes;
    private final long extentCount;
    private final long entryCount;
    private final long nameBytes;

    /** Of each directory, counted from 1; 0 of one that was not met yet, and of what is none. */
    private final short[] depths;

    /**
     * The tables of a disk.
     *
     * @param places where they begin in the file, and where the last ends; ascending
     */
    TableCheck(StoredDisk disk, long[] places) {
        this.disk = disk;
        this.tables = disk.tables();
        this.contentBytes = places[0];
        this.extentCount = (places[2] - places[1]) / Layout.EXTENT_BYTES;
        this.entryCount = (places[3] - places[2]) / Layout.ENTRY_BYTES;
        this.nameBytes = places[4] - places[3];
        this.depths = new short[(int) disk.nodes()];
    }

    /** Whether there is room in the tables for what the trailer says is in them, and not much more. */
    static boolean fit(long nodes, long[] places, long end) {
        boolean ascending = places[0] >= 0 && places[places.length - 1] == end;
        for (int i = 1; i < places.length; i++) {
            ascending &= places[i - 1] <= places[i];
        }
        long entries = (places[3] - places[2]) / Layout.ENTRY_BYTES;
        return ascending
                && nodes > 0
                && nodes <= Integer.MAX_VALUE / Layout.NODE_BYTES
                && places[1] - places[0] == nodes * Layout.NODE_BYTES
                && (places[2] - places[1]) % Layout.EXTENT_BYTES == 0
                && (places[3] - places[2]) % Layout.ENTRY_BYTES == 0
                && places[4] - places[3] <= entries * DiskLimits.MAX_NAME + nodes * DiskLimits.MAX_PATH;
    }

    boolean consistent() {
        depths[0] = 1;
        boolean right = kind(0) == DIRECTORY;
        for (int node = 0; right && node < depths.length; node++) {
            right = disk.links(node) > 0
                    && switch (kind(node)) {
                        case DIRECTORY -> directory(node);
                        case FILE -> contents(node);
                        case LINK ->
                            within(disk.first(node), disk.size(node), nameBytes)
                                    && disk.size(node) <= DiskLimits.MAX_PATH;
                        default -> false;
                    };
        }
        return right;
    }

    private int kind(int node) {
        return tables.get(Layout.INT, disk.nodeAt(node));
    }

    private static boolean within(long first, long count, long all) {
        return first >= 0 && count >= 0 && first <= all - count;
    }

    private boolean directory(int node) {
        long count = disk.size(node);
        long first = disk.first(node);
        if (!within(first, count, entryCount) || count > Integer.MAX_VALUE || depths[node] == 0) {
            return false;
        }
        for (long entry = first; entry < first + count; entry++) {
            if (!name(entry) || !target(node, entry) || (entry > first && order(entry - 1, entry) >= 0)) {
                return false;
            }
        }
        return true;
    }

    /** A directory stands behind the one that it is in, and has no other name; so none is within itself. */
    private boolean target(int parent, long entry) {
        int node = tables.get(Layout.INT, disk.entryAt(entry) + Layout.ENTRY_NODE);
        if (node <= 0 || node >= depths.length) {
            return false;
        }
        if (kind(node) == DIRECTORY) {
            boolean first = node > parent && depths[node] == 0 && depths[parent] <= DiskLimits.MAX_DEPTH;
            depths[node] = (short) (depths[parent] + 1);
            return first;
        }
        return true;
    }

    private boolean name(long entry) {
        long at = disk.entryAt(entry);
        long place = tables.get(Layout.LONG, at);
        int length = tables.get(Layout.INT, at + Layout.ENTRY_LENGTH);
        if (length <= 0 || length > DiskLimits.MAX_NAME || !within(place, length, nameBytes)) {
            return false;
        }
        boolean dots = length <= 2;
        for (int i = 0; i < length; i++) {
            byte next = tables.get(ValueLayout.JAVA_BYTE, disk.nameAt(place + i));
            if (next == '/' || next == 0) {
                return false;
            }
            dots &= next == '.';
        }
        return !dots;
    }

    private int order(long before, long entry) {
        MemorySegment one = nameOf(before);
        MemorySegment other = nameOf(entry);
        long at = one.mismatch(other);
        if (at < 0) {
            return 0;
        }
        if (at == one.byteSize() || at == other.byteSize()) {
            return Long.compare(one.byteSize(), other.byteSize());
        }
        return Byte.compareUnsigned(one.get(ValueLayout.JAVA_BYTE, at), other.get(ValueLayout.JAVA_BYTE, at));
    }

    private MemorySegment nameOf(long entry) {
        long at = disk.entryAt(entry);
        return tables.asSlice(
                disk.nameAt(tables.get(Layout.LONG, at)), tables.get(Layout.INT, at + Layout.ENTRY_LENGTH));
    }

    private boolean contents(int node) {
        long size = disk.size(node);
        long first = disk.first(node);
        int count = disk.count(node);
        if (!within(first, count, extentCount) || size < 0 || size > DiskLimits.MAX_FILE_BYTES) {
            return false;
        }
        long end = 0;
        for (long extent = first; extent < first + count; extent++) {
            long at = disk.extentAt(extent);
            long position = tables.get(Layout.LONG, at);
            long length = tables.get(Layout.LONG, at + Layout.EXTENT_LENGTH);
            boolean there = within(tables.get(Layout.LONG, at + Layout.EXTENT_PLACE), length, contentBytes);
            if (!there || length == 0 || position < end || !within(position, length, size)) {
                return false;
            }
            end = position + length;
        }
        return true;
    }
}

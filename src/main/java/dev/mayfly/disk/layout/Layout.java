package dev.mayfly.disk.layout;

import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Where things are in a disk's file. Contents come first, then four tables, then a trailer that says where they are and
 * ends in the SHA-256 of the tables and itself. Numbers are little-endian.
 *
 * <p>A node: kind (4 bytes), links (4), time of change (8), size (8; of a directory its number of entries), first (8; the
 * first of its extents or entries, or the place of its target), count (4; of its extents), 4 unused. An extent: position
 * in the file (8), length (8), place on the disk (8). An entry: place of its name (8), length of its name (4), node (4).
 * Behind them are names and targets. The root is node 0; the entries of a directory are sorted by the bytes of their
 * names, and follow each other.
 */
final class Layout {

    static final long MAGIC = 0x4B53_4944_5946_594DL; // "MYFYDISK"
    static final int VERSION = 1;

    static final int NODE_BYTES = 40;
    static final int NODE_LINKS = 4;
    static final int NODE_MODIFIED = 8;
    static final int NODE_SIZE = 16;
    static final int NODE_FIRST = 24;
    static final int NODE_COUNT = 32;

    static final int EXTENT_BYTES = 24;
    static final int EXTENT_LENGTH = 8;
    static final int EXTENT_PLACE = 16;

    static final int ENTRY_BYTES = 16;
    static final int ENTRY_LENGTH = 8;
    static final int ENTRY_NODE = 12;

    static final int TRAILER_BYTES = 96;
    static final int TRAILER_VERSION = 8;
    static final int TRAILER_NODES = 16;
    static final int TRAILER_TABLES = 24;
    static final int TRAILER_HASH = 64;

    /** Nodes, extents, entries, names, and the end of the last. */
    static final int TABLES = 5;

    static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private Layout() {}
}

package dev.mayfly.disk.layout;

import dev.mayfly.disk.LowerNode;
import dev.mayfly.disk.LowerNode.LowerDirectory;
import dev.mayfly.disk.NodeKind;
import dev.mayfly.disk.ReadOnlyDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;

/**
 * A disk's file, open. All instances share its tables, which are in memory, and the pages of its contents, which are those
 * of the system's cache.
 *
 * <p>Contents are read by system calls, not through a mapping: a page of a mapping that the system cannot read is a signal
 * to the whole process, and compiled code does not survive it at every instruction; a call answers with an error.
 */
public final class StoredDisk implements ReadOnlyDisk, AutoCloseable {

    private final SharedFile file;
    private final Arena memory;
    private final MemorySegment tables;
    private final int nodeCount;
    private final long nodes;
    private final long extents;
    private final long entries;
    private final long names;

    /** @param places where the tables begin in the file, and where the last ends */
    private StoredDisk(SharedFile file, Arena memory, MemorySegment tables, int nodeCount, long[] places) {
        this.file = file;
        this.memory = memory;
        this.tables = tables;
        this.nodeCount = nodeCount;
        this.nodes = 0;
        this.extents = places[1] - places[0];
        this.entries = places[2] - places[0];
        this.names = places[3] - places[0];
    }

    /**
     * Opens a disk.
     *
     * @throws IOException if it cannot be read, or is damaged: its tables are compared with their hash, and hold what can
     *     be; its contents may be anything
     */
    public static StoredDisk open(Path path) throws IOException {
        SharedFile file = new SharedFile(path);
        Arena memory = Arena.ofShared();
        try {
            return open(file, memory).orElseThrow(() -> new IOException("damaged: the disk in " + path));
        } catch (IOException | RuntimeException | Error e) {
            memory.close();
            file.close();
            throw e;
        }
    }

    /** Empty if it is damaged. */
    private static Optional<StoredDisk> open(SharedFile file, Arena memory) throws IOException {
        long end = file.size() - Layout.TRAILER_BYTES;
        if (end < 0) {
            return Optional.empty();
        }
        ByteBuffer trailer = ByteBuffer.allocate(Layout.TRAILER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        file.read(end, trailer);
        long[] places = places(trailer);
        long nodes = trailer.getLong(Layout.TRAILER_NODES);
        if (trailer.getLong(0) != Layout.MAGIC
                || trailer.getInt(Layout.TRAILER_VERSION) != Layout.VERSION
                || !TableCheck.fit(nodes, places, end)) {
            return Optional.empty();
        }
        MemorySegment tables = memory.allocate(end - places[0]);
        byte[] expected = Arrays.copyOfRange(trailer.array(), Layout.TRAILER_HASH, Layout.TRAILER_BYTES);
        if (!MessageDigest.isEqual(expected, read(file, places[0], tables, trailer))) {
            return Optional.empty();
        }
        StoredDisk disk = new StoredDisk(file, memory, tables, (int) nodes, places);
        return new TableCheck(disk, places).consistent() ? Optional.of(disk) : Optional.empty();
    }

    /** Reads the tables, and computes what the trailer's hash should be. */
    private static byte[] read(SharedFile file, long start, MemorySegment tables, ByteBuffer trailer)
            throws IOException {
        MessageDigest hash = Appender.sha256();
        for (long at = 0; at < tables.byteSize(); at += DiskWriter.BUFFER_BYTES) {
            long length = Math.min(DiskWriter.BUFFER_BYTES, tables.byteSize() - at);
            ByteBuffer part = tables.asSlice(at, length).asByteBuffer();
            file.read(start + at, part);
            hash.update(part.flip());
        }
        hash.update(trailer.slice(0, Layout.TRAILER_HASH));
        return hash.digest();
    }

    private static long[] places(ByteBuffer trailer) {
        long[] places = new long[Layout.TABLES];
        Arrays.setAll(places, table -> trailer.getLong(Layout.TRAILER_TABLES + table * Long.BYTES));
        return places;
    }

    /** How much memory its tables take. */
    public long memoryBytes() {
        return tables.byteSize();
    }

    /** Nothing may be using it. */
    @Override
    public void close() {
        memory.close();
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public LowerDirectory root() {
        return new StoredDirectory(this, 0);
    }

    @Override
    public long nodes() {
        return nodeCount;
    }

    /** What the nodes, extents, entries and names are in. */
    MemorySegment tables() {
        return tables;
    }

    /** Fills a buffer with contents. */
    void read(long place, ByteBuffer target) throws IOException {
        file.read(place, target);
    }

    LowerNode node(int index) {
        return switch (kind(index)) {
            case DIRECTORY -> new StoredDirectory(this, index);
            case REGULAR_FILE -> new StoredFile(this, index);
            case SYMBOLIC_LINK -> new StoredLink(this, index);
        };
    }

    NodeKind kind(int node) {
        return switch (tables.get(Layout.INT, nodeAt(node))) {
            case 0 -> NodeKind.DIRECTORY;
            case 1 -> NodeKind.REGULAR_FILE;
            default -> NodeKind.SYMBOLIC_LINK;
        };
    }

    int links(int node) {
        return tables.get(Layout.INT, nodeAt(node) + Layout.NODE_LINKS);
    }

    long modified(int node) {
        return tables.get(Layout.LONG, nodeAt(node) + Layout.NODE_MODIFIED);
    }

    long size(int node) {
        return tables.get(Layout.LONG, nodeAt(node) + Layout.NODE_SIZE);
    }

    long first(int node) {
        return tables.get(Layout.LONG, nodeAt(node) + Layout.NODE_FIRST);
    }

    int count(int node) {
        return tables.get(Layout.INT, nodeAt(node) + Layout.NODE_COUNT);
    }

    long extentAt(long extent) {
        return extents + extent * Layout.EXTENT_BYTES;
    }

    long entryAt(long entry) {
        return entries + entry * Layout.ENTRY_BYTES;
    }

    long nameAt(long place) {
        return names + place;
    }

    String text(long place, int length) {
        return new String(tables.asSlice(nameAt(place), length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    long nodeAt(int node) {
        return nodes + (long) node * Layout.NODE_BYTES;
    }
}

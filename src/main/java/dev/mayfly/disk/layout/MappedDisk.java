package dev.mayfly.disk.layout;

import dev.mayfly.disk.LowerNode;
import dev.mayfly.disk.LowerNode.LowerDirectory;
import dev.mayfly.disk.NodeKind;
import dev.mayfly.disk.ReadOnlyDisk;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;

/**
 * A disk's file, mapped. All instances read the same pages, which are those of the system's cache; opening it reads its
 * tables only. Unmapped by the garbage collector when nothing refers to it.
 */
public final class MappedDisk implements ReadOnlyDisk {

    private final MemorySegment file;
    private final int nodeCount;
    private final long nodes;
    private final long extents;
    private final long entries;
    private final long names;

    private MappedDisk(MemorySegment file, MemorySegment trailer) {
        this.file = file;
        this.nodeCount = (int) trailer.get(Layout.LONG, Layout.TRAILER_NODES);
        long[] tables = tables(trailer);
        this.nodes = tables[0];
        this.extents = tables[1];
        this.entries = tables[2];
        this.names = tables[3];
    }

    /**
     * Maps a disk.
     *
     * @throws IOException if it cannot be read, or is damaged: its tables are compared with their hash, and hold what can
     *     be; its contents may be anything
     */
    public static MappedDisk open(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < Layout.TRAILER_BYTES) {
                throw damaged(path);
            }
            MemorySegment file = channel.map(FileChannel.MapMode.READ_ONLY, 0, size, Arena.ofAuto());
            MemorySegment trailer = file.asSlice(size - Layout.TRAILER_BYTES);
            if (!isIntact(file, trailer)) {
                throw damaged(path);
            }
            MappedDisk disk = new MappedDisk(file, trailer);
            if (!new TableCheck(disk, tables(trailer)).consistent()) {
                throw damaged(path);
            }
            return disk;
        }
    }

    private static boolean isIntact(MemorySegment file, MemorySegment trailer) {
        if (trailer.get(Layout.LONG, 0) != Layout.MAGIC
                || trailer.get(Layout.INT, Layout.TRAILER_VERSION) != Layout.VERSION) {
            return false;
        }
        long[] tables = tables(trailer);
        long nodes = trailer.get(Layout.LONG, Layout.TRAILER_NODES);
        if (!TableCheck.fit(nodes, tables, file.byteSize() - Layout.TRAILER_BYTES)) {
            return false;
        }
        byte[] expected = trailer.asSlice(Layout.TRAILER_HASH).toArray(ValueLayout.JAVA_BYTE);
        return MessageDigest.isEqual(expected, hash(file, tables[0], tables[Layout.TABLES - 1], trailer));
    }

    private static byte[] hash(MemorySegment file, long start, long end, MemorySegment trailer) {
        MessageDigest hash = Appender.sha256();
        for (long at = start; at < end; at += DiskWriter.BUFFER_BYTES) {
            long length = Math.min(DiskWriter.BUFFER_BYTES, end - at);
            hash.update(file.asSlice(at, length).asByteBuffer());
        }
        hash.update(trailer.asSlice(0, Layout.TRAILER_HASH).asByteBuffer());
        return hash.digest();
    }

    /** Where the tables begin, and where the last ends. */
    private static long[] tables(MemorySegment trailer) {
        return trailer.asSlice(Layout.TRAILER_TABLES, (long) Layout.TABLES * Long.BYTES)
                .toArray(Layout.LONG);
    }

    private static IOException damaged(Path path) {
        return new IOException("damaged: the disk in " + path);
    }

    @Override
    public LowerDirectory root() {
        return new MappedDirectory(this, 0);
    }

    @Override
    public long nodes() {
        return nodeCount;
    }

    MemorySegment file() {
        return file;
    }

    LowerNode node(int index) {
        return switch (kind(index)) {
            case DIRECTORY -> new MappedDirectory(this, index);
            case REGULAR_FILE -> new MappedFile(this, index);
            case SYMBOLIC_LINK -> new MappedLink(this, index);
        };
    }

    NodeKind kind(int node) {
        return switch (file.get(Layout.INT, nodeAt(node))) {
            case 0 -> NodeKind.DIRECTORY;
            case 1 -> NodeKind.REGULAR_FILE;
            default -> NodeKind.SYMBOLIC_LINK;
        };
    }

    int links(int node) {
        return file.get(Layout.INT, nodeAt(node) + Layout.NODE_LINKS);
    }

    long modified(int node) {
        return file.get(Layout.LONG, nodeAt(node) + Layout.NODE_MODIFIED);
    }

    long size(int node) {
        return file.get(Layout.LONG, nodeAt(node) + Layout.NODE_SIZE);
    }

    long first(int node) {
        return file.get(Layout.LONG, nodeAt(node) + Layout.NODE_FIRST);
    }

    int count(int node) {
        return file.get(Layout.INT, nodeAt(node) + Layout.NODE_COUNT);
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
        return new String(file.asSlice(nameAt(place), length).toArray(ValueLayout.JAVA_BYTE), StandardCharsets.UTF_8);
    }

    long nodeAt(int node) {
        return nodes + (long) node * Layout.NODE_BYTES;
    }
}

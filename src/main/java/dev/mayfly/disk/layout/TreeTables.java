package dev.mayfly.disk.layout;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Writes the tables of a tree ({@link Layout}). */
final class TreeTables {

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Named(byte[] name, Draft node) {}

    private final List<Draft> nodes = new ArrayList<>();

    /** The sorted entries of each directory, in the order of the directories. */
    private final List<List<Named>> directories = new ArrayList<>();

    TreeTables(DraftDirectory root) {
        number(root);
        for (int i = 0; i < nodes.size(); i++) {
            if (nodes.get(i) instanceof DraftDirectory directory) {
                List<Named> sorted = sorted(directory);
                directories.add(sorted);
                sorted.forEach(entry -> number(entry.node()));
            }
        }
    }

    int nodes() {
        return nodes.size();
    }

    private void number(Draft node) {
        DraftInode inode = DraftTree.inodeOf(node);
        if (inode.index() < 0) {
            inode.setIndex(nodes.size());
            nodes.add(node);
        }
    }

    private static List<Named> sorted(DraftDirectory directory) {
        return directory.entries().stream()
                .map(entry -> new Named(entry.name().getBytes(StandardCharsets.UTF_8), entry.node()))
                .sorted((a, b) -> Arrays.compareUnsigned(a.name(), b.name()))
                .toList();
    }

    void write(Appender out) throws IOException {
        MessageDigest hash = Appender.sha256();
        TableWriter table = new TableWriter(out, hash);
        ByteBuffer trailer = ByteBuffer.allocate(Layout.TRAILER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        trailer.putLong(Layout.MAGIC).putInt(Layout.VERSION).putInt(0).putLong(nodes.size());
        trailer.putLong(table.position());
        writeNodes(table);
        trailer.putLong(table.position());
        writeExtents(table);
        trailer.putLong(table.position());
        writeEntries(table);
        trailer.putLong(table.position());
        writeNames(table);
        trailer.putLong(table.position());
        table.flush();
        hash.update(trailer.array(), 0, Layout.TRAILER_HASH);
        trailer.put(hash.digest());
        out.append(trailer.array(), 0, Layout.TRAILER_BYTES);
    }

    private void writeNodes(TableWriter table) throws IOException {
        long extents = 0;
        long entries = 0;
        long names = targetsStart();
        for (Draft node : nodes) {
            switch (node) {
                case DraftDirectory directory -> {
                    writeNode(table, 0, directory.inode(), directory.entries().size(), entries, 0);
                    entries += directory.entries().size();
                }
                case DraftFile file -> {
                    writeNode(table, 1, file.inode(), file.size(), extents, file.extentCount());
                    extents += file.extentCount();
                }
                case DraftLink link -> {
                    int length = bytes(link.target()).length;
                    writeNode(table, 2, link.inode(), length, names, 0);
                    names += length;
                }
            }
        }
    }

    private static void writeNode(TableWriter table, int kind, DraftInode inode, long size, long first, int count)
            throws IOException {
        ByteBuffer record = table.record(Layout.NODE_BYTES);
        record.putInt(kind).putInt(inode.links()).putLong(inode.modified());
        record.putLong(size).putLong(first).putInt(count).putInt(0);
    }

    private void writeExtents(TableWriter table) throws IOException {
        for (Draft node : nodes) {
            if (node instanceof DraftFile file) {
                for (long number : file.extents()) {
                    table.record(Long.BYTES).putLong(number);
                }
            }
        }
    }

    private void writeEntries(TableWriter table) throws IOException {
        long names = 0;
        for (List<Named> directory : directories) {
            for (Named entry : directory) {
                ByteBuffer record = table.record(Layout.ENTRY_BYTES);
                record.putLong(names).putInt(entry.name().length);
                record.putInt(DraftTree.inodeOf(entry.node()).index());
                names += entry.name().length;
            }
        }
    }

    /** Targets of links are behind the names of entries. */
    private long targetsStart() {
        return directories.stream()
                .flatMap(List::stream)
                .mapToLong(entry -> entry.name().length)
                .sum();
    }

    private void writeNames(TableWriter table) throws IOException {
        for (List<Named> directory : directories) {
            for (Named entry : directory) {
                table.bytes(entry.name());
            }
        }
        for (Draft node : nodes) {
            if (node instanceof DraftLink link) {
                table.bytes(bytes(link.target()));
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

package dev.mayfly.disk.layout;

import dev.mayfly.disk.LowerNode;
import dev.mayfly.disk.LowerNode.LowerDirectory;
import dev.mayfly.disk.LowerNode.LowerEntry;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;

/** A directory of a stored disk. */
record StoredDirectory(StoredDisk disk, int node) implements LowerDirectory {

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
    public int count() {
        return (int) disk.size(node);
    }

    @Override
    public LowerEntry entry(int index) {
        long at = at(index);
        int target = disk.tables().get(Layout.INT, at + Layout.ENTRY_NODE);
        String name =
                disk.text(disk.tables().get(Layout.LONG, at), disk.tables().get(Layout.INT, at + Layout.ENTRY_LENGTH));
        return new LowerEntry(name, target + 1L, disk.kind(target));
    }

    @Override
    public LowerNode node(int index) {
        return disk.node(disk.tables().get(Layout.INT, at(index) + Layout.ENTRY_NODE));
    }

    @Override
    public int find(String name) {
        byte[] wanted = name.getBytes(StandardCharsets.UTF_8);
        int low = 0;
        int high = count() - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = compare(at(middle), wanted);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    private int compare(long entry, byte[] wanted) {
        MemorySegment tables = disk.tables();
        long name = disk.nameAt(tables.get(Layout.LONG, entry));
        int length = tables.get(Layout.INT, entry + Layout.ENTRY_LENGTH);
        int common = Math.min(length, wanted.length);
        for (int i = 0; i < common; i++) {
            int order = Byte.compareUnsigned(tables.get(ValueLayout.JAVA_BYTE, name + i), wanted[i]);
            if (order != 0) {
                return order;
            }
        }
        return length - wanted.length;
    }

    private long at(int index) {
        return disk.entryAt(disk.first(node) + index);
    }
}

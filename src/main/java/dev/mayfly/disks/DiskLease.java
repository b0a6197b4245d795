package dev.mayfly.disks;

import dev.mayfly.disk.Layers;
import java.util.List;

/** The right to lie on disks, which stay open until it is closed. To be closed once. */
public final class DiskLease implements AutoCloseable {

    static final DiskLease NONE = new DiskLease(Layers.NONE, List.of());

    private final Layers layers;
    private final List<SharedDisk> disks;

    DiskLease(Layers layers, List<SharedDisk> disks) {
        this.layers = layers;
        this.disks = disks;
    }

    public Layers layers() {
        return layers;
    }

    @Override
    public void close() {
        disks.forEach(disk -> disk.users().release());
    }
}

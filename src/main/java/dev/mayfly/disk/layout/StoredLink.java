package dev.mayfly.disk.layout;

import dev.mayfly.disk.LowerNode.LowerLink;

/** A symbolic link of a stored disk. */
record StoredLink(StoredDisk disk, int node) implements LowerLink {

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
    public String target() {
        return disk.text(disk.first(node), (int) disk.size(node));
    }
}

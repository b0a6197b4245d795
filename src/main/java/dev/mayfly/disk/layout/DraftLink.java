package dev.mayfly.disk.layout;

/** A symbolic link of a disk that is being laid out. */
public final class DraftLink implements Draft {

    private final DraftInode inode;
    private final String target;

    DraftLink(long modified, String target) {
        this.inode = new DraftInode(modified);
        this.target = target;
    }

    DraftInode inode() {
        return inode;
    }

    @Override
    public long modified() {
        return inode.modified();
    }

    String target() {
        return target;
    }
}

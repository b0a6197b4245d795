package dev.mayfly.disk.formats.ext4;

import dev.mayfly.disk.formats.input.ImageFile;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import dev.mayfly.disk.layout.DiskWriter;
import dev.mayfly.disk.layout.Draft;
import dev.mayfly.disk.layout.DraftDirectory;
import dev.mayfly.disk.layout.Shown;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads an image's tree, from the root down. Owners, permissions and extended attributes are left out, and so is what
 * was deleted; checksums of metadata are compared. An image that was not unmounted is refused, as its journal says what it should be.
 */
public final class Ext4Reader {

    private static final int ROOT = 2;
    private static final long MAX_LISTING_BYTES = 1L << 30;

    private final ImageFile image;
    private final Superblock superblock;
    private final Groups groups;
    private final Contents contents;

    /** What was made of an inode; it has another name then. */
    private final Map<Long, Draft> known = new HashMap<>();

    private final Set<Long> directories = new HashSet<>();
    private long listingBytes;

    public Ext4Reader(ImageFile image) throws IOException, DiskImageException {
        this.image = image;
        this.superblock = Superblock.read(image);
        this.groups = new Groups(image, superblock);
        this.contents = new Contents(image, superblock);
    }

    /** Reads everything. */
    public void read(DiskWriter disk) throws IOException, DiskImageException {
        Inode root = inode(ROOT);
        if (root.kind() != Inode.Kind.DIRECTORY) {
            throw new DiskImageException(Reason.MALFORMED, "the root is no directory");
        }
        directories.add(root.number());
        disk.tree().modified(disk.tree().root(), root.modified());
        readDirectory(disk, disk.tree().root(), root);
    }

    private Inode inode(long number) throws IOException, DiskImageException {
        if (number < 1 || number > superblock.inodes()) {
            throw new DiskImageException(Reason.MALFORMED, "there is no inode " + number);
        }
        long group = (number - 1) / superblock.inodesPerGroup();
        long table = groups.inodeTable(group);
        long at =
                table * superblock.blockBytes() + (number - 1) % superblock.inodesPerGroup() * superblock.inodeBytes();
        Inode inode = new Inode(number, image.read(at, superblock.inodeBytes()));
        superblock.checksums().requireInode(inode);
        return inode;
    }

    private void readDirectory(DiskWriter disk, DraftDirectory directory, Inode inode)
            throws IOException, DiskImageException {
        DirectoryEntries entries = new DirectoryEntries(superblock, directory.path());
        List<DirectoryEntries.Entry> found = new ArrayList<>();
        if (inode.inline()) {
            entries.readInline(InlineData.of(inode), inode.size(), found);
        } else {
            requireListingBytes(inode.size());
            contents.directory(inode, block -> {
                entries.read(block, 0, block.length(), found);
                requireNotMore(disk, found.size());
            });
        }
        for (DirectoryEntries.Entry entry : found) {
            add(disk, directory, entry);
        }
    }

    private void requireListingBytes(long more) throws DiskImageException {
        listingBytes += more;
        if (more < 0 || more > MAX_LISTING_BYTES || listingBytes > MAX_LISTING_BYTES) {
            throw new DiskImageException(
                    Reason.TOO_LARGE, "the directories have more than " + MAX_LISTING_BYTES + " bytes together");
        }
    }

    private static void requireNotMore(DiskWriter disk, int entries) throws DiskImageException {
        disk.tree().requireRoom(entries);
    }

    private void add(DiskWriter disk, DraftDirectory directory, DirectoryEntries.Entry entry)
            throws IOException, DiskImageException {
        String path = directory.pathOf(entry.name());
        Draft before = known.get(entry.inode());
        if (before != null) {
            disk.tree().name(directory, entry.name(), before);
            return;
        }
        Inode inode = inode(entry.inode());
        switch (inode.kind()) {
            case DIRECTORY -> {
                if (!directories.add(inode.number())) {
                    throw new DiskImageException(Reason.LOOP, "a directory that was met before: " + Shown.text(path));
                }
                readDirectory(disk, disk.tree().directory(directory, entry.name(), inode.modified()), inode);
            }
            case LINK -> {
                String target = contents.target(inode, path);
                known.put(inode.number(), disk.tree().link(directory, entry.name(), target, inode.modified()));
            }
            case FILE -> {
                Draft made = contents.file(disk.file(inode.modified()), inode, path);
                disk.tree().name(directory, entry.name(), made);
                known.put(inode.number(), made);
            }
        }
    }
}

package dev.mayfly.disk.formats.squashfs;

import dev.mayfly.disk.formats.input.Bytes;
import dev.mayfly.disk.formats.input.ImageFile;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import dev.mayfly.disk.layout.DiskWriter;
import dev.mayfly.disk.layout.Draft;
import dev.mayfly.disk.layout.DraftDirectory;
import dev.mayfly.disk.layout.Shown;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Reads an image's tree, from the root down. Owners, permissions and extended attributes are left out. */
public final class SquashfsReader {

    private static final int LISTING_HEADER_BYTES = 12;
    private static final int ENTRY_BYTES = 8;
    private static final int MAX_RUN = 256;

    private final Superblock superblock;
    private final MetadataBlocks metadata;
    private final FileBlocks files;

    /** What was made of an inode, by where it is; it has another name then. */
    private final Map<Long, Draft> known = new HashMap<>();

    private final Set<Long> directories = new HashSet<>();

    public SquashfsReader(ImageFile image) throws IOException, DiskImageException {
        this.superblock = Superblock.read(image);
        this.metadata = new MetadataBlocks(image, superblock.compression());
        this.files = new FileBlocks(image, superblock, metadata);
    }

    /** Reads everything. */
    public void read(DiskWriter disk) throws IOException, DiskImageException {
        directories.add(superblock.rootInode());
        Inode.Folder root = root();
        disk.tree().modified(disk.tree().root(), root.modified());
        readDirectory(disk, disk.tree().root(), root);
    }

    private Inode.Folder root() throws IOException, DiskImageException {
        if (inode(superblock.rootInode()) instanceof Inode.Folder root) {
            return root;
        }
        throw new DiskImageException(Reason.MALFORMED, "the root is no directory");
    }

    private Inode inode(long reference) throws IOException, DiskImageException {
        long block = superblock.inodeTable() + (reference >>> 16);
        return Inode.read(new MetadataCursor(metadata, block, (int) (reference & 0xFFFF)));
    }

    private void readDirectory(DiskWriter disk, DraftDirectory directory, Inode.Folder inode)
            throws IOException, DiskImageException {
        if (inode.bytes() == 0) {
            return;
        }
        MetadataCursor cursor =
                new MetadataCursor(metadata, superblock.directoryTable() + inode.block(), inode.offset());
        for (long left = inode.bytes(); left > 0; ) {
            left -= readRun(disk, directory, cursor);
            if (left < 0) {
                throw new DiskImageException(
                        Reason.SIZE_MISMATCH, "the listing is longer than its size: " + Shown.text(directory.path()));
            }
        }
    }

    /** Reads entries whose inodes are in one block, and returns how many bytes they took. */
    private long readRun(DiskWriter disk, DraftDirectory directory, MetadataCursor cursor)
            throws IOException, DiskImageException {
        Bytes header = cursor.read(LISTING_HEADER_BYTES);
        long count = header.u32(0) + 1;
        if (count > MAX_RUN) {
            throw new DiskImageException(Reason.MALFORMED, "a listing is damaged: " + Shown.text(directory.path()));
        }
        long bytes = LISTING_HEADER_BYTES;
        for (int i = 0; i < count; i++) {
            Bytes entry = cursor.read(ENTRY_BYTES);
            int length = entry.u16(6) + 1;
            String name = cursor.read(length).text(0, length);
            bytes += ENTRY_BYTES + length;
            add(disk, directory, name, (header.u32(4) << 16) | entry.u16(0));
        }
        return bytes;
    }

    private void add(DiskWriter disk, DraftDirectory directory, String name, long reference)
            throws IOException, DiskImageException {
        Draft before = known.get(reference);
        if (before != null) {
            disk.tree().name(directory, name, before);
            return;
        }
        switch (inode(reference)) {
            case Inode.Folder inner -> {
                if (!directories.add(reference)) {
                    throw new DiskImageException(
                            Reason.LOOP, "a directory that was met before: " + Shown.text(directory.pathOf(name)));
                }
                readDirectory(disk, disk.tree().directory(directory, name, inner.modified()), inner);
            }
            case Inode.Link link ->
                known.put(reference, disk.tree().link(directory, name, link.target(), link.modified()));
            case Inode.File file -> {
                Draft made = files.read(disk.file(file.modified()), file, directory.pathOf(name));
                disk.tree().name(directory, name, made);
                known.put(reference, made);
            }
        }
    }
}

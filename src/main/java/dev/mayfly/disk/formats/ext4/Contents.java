package dev.mayfly.disk.formats.ext4;

import dev.mayfly.disk.formats.input.Bytes;
import dev.mayfly.disk.formats.input.ImageFile;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import dev.mayfly.disk.layout.DiskLimits;
import dev.mayfly.disk.layout.DraftFile;
import dev.mayfly.disk.layout.FileContents;
import dev.mayfly.disk.layout.Shown;
import java.io.IOException;

/** Reads what is in files, directories and links. */
final class Contents {

    private static final int CHUNK_BYTES = 64 * 1024;

    private final ImageFile image;
    private final int blockBytes;
    private final Checksums checksums;
    private final BlockMaps maps;
    private final byte[] chunk = new byte[CHUNK_BYTES];

    Contents(ImageFile image, Superblock superblock) {
        this.image = image;
        this.blockBytes = superblock.blockBytes();
        this.checksums = superblock.checksums();
        this.maps = new BlockMaps(image, superblock);
    }

    DraftFile file(FileContents target, Inode inode, String path) throws IOException, DiskImageException {
        long size = inode.size();
        if (size < 0 || size > DiskLimits.MAX_FILE_BYTES) {
            throw new DiskImageException(
                    Reason.TOO_LARGE,
                    "a file of more than " + DiskLimits.MAX_FILE_BYTES + " bytes: " + Shown.text(path));
        }
        if (inode.inline()) {
            Bytes data = InlineData.of(inode);
            target.write(data.array(), 0, (int) Math.min(size, data.length()));
            target.skip(size - target.size());
            return target.end();
        }
        maps.walk(inode, (block, place, count) -> {
            target.skip(block * blockBytes - target.size());
            copy(target, place * blockBytes, Math.min(count * blockBytes, size - target.size()));
        });
        target.skip(size - target.size());
        return target.end();
    }

    private void copy(FileContents target, long place, long length) throws IOException, DiskImageException {
        for (long done = 0; done < length; done += CHUNK_BYTES) {
            int count = (int) Math.min(CHUNK_BYTES, length - done);
            image.readFully(place + done, chunk, count);
            target.write(chunk, 0, count);
        }
    }

    String target(Inode inode, String path) throws IOException, DiskImageException {
        long size = inode.size();
        if (size < 0 || size > DiskLimits.MAX_PATH) {
            throw new DiskImageException(Reason.NAME_TOO_LONG, "a link of " + size + " bytes: " + Shown.text(path));
        }
        Bytes all =
                inode.inline() ? InlineData.of(inode) : inode.shortLink() ? inode.map() : longTarget(inode, (int) size);
        return all.text(0, (int) size);
    }

    private Bytes longTarget(Inode inode, int size) throws IOException, DiskImageException {
        byte[] target = new byte[size];
        maps.walk(inode, (block, place, count) -> {
            int at = Math.toIntExact(block * blockBytes);
            image.readFully(place * blockBytes, chunk, (int) Math.min(count * blockBytes, size - at));
            System.arraycopy(chunk, 0, target, at, (int) Math.min(count * blockBytes, size - at));
        });
        return new Bytes(target, size, inode.bytes().origin());
    }

    /** Takes the blocks of a directory. */
    interface Listing {
        void take(Bytes block) throws IOException, DiskImageException;
    }

    void directory(Inode inode, Listing listing) throws IOException, DiskImageException {
        maps.walk(inode, (block, place, count) -> {
            for (long i = 0; i < count; i++) {
                Bytes found = image.read((place + i) * blockBytes, blockBytes);
                checksums.requireDirectory(inode, block + i, found);
                listing.take(found);
            }
        });
    }
}

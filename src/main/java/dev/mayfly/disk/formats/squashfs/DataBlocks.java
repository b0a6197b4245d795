package dev.mayfly.disk.formats.squashfs;

import dev.mayfly.disk.formats.input.ImageFile;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import java.io.IOException;

/** The blocks that contents are in. */
final class DataBlocks {

    private static final long PLAIN = 1 << 24;

    private final ImageFile image;
    private final Compression compression;
    private final byte[] packed;

    DataBlocks(ImageFile image, Superblock superblock) {
        this.image = image;
        this.compression = superblock.compression();
        this.packed = new byte[superblock.blockBytes()];
    }

    /** How many bytes of the image a block takes. */
    static long storedBytes(long size) {
        return size & (PLAIN - 1);
    }

    /**
     * Reads a block to an array that is as long as the longest.
     *
     * @param size as the image has it, with a bit for what is not compressed
     * @return how many bytes it has
     */
    int read(long place, long size, byte[] target) throws IOException, DiskImageException {
        long stored = storedBytes(size);
        if (stored == 0 || stored > packed.length || (size & ~(PLAIN | (PLAIN - 1))) != 0) {
            throw new DiskImageException(Reason.MALFORMED, "a block of an impossible size, at byte " + place);
        }
        if ((size & PLAIN) != 0) {
            image.readFully(place, target, (int) stored);
            return (int) stored;
        }
        image.readFully(place, packed, (int) stored);
        return compression.unpack(packed, (int) stored, target, place);
    }
}

package dev.mayfly.disk.formats.squashfs;

import dev.mayfly.disk.formats.input.Bytes;
import dev.mayfly.disk.formats.input.ImageFile;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import java.io.IOException;

/** What the image says of itself. */
record Superblock(
        int blockBytes,
        long fragments,
        Compression compression,
        long rootInode,
        long inodeTable,
        long directoryTable,
        long fragmentTable) {

    private static final int BYTES = 96;
    private static final int MIN_BLOCK_LOG = 12;
    private static final int MAX_BLOCK_LOG = 20;

    static Superblock read(ImageFile image) throws IOException, DiskImageException {
        Bytes block = image.read(0, BYTES);
        if (block.u16(28) != 4 || block.u16(30) != 0) {
            throw new DiskImageException(
                    Reason.UNSUPPORTED, "squashfs " + block.u16(28) + "." + block.u16(30) + ", not 4.0");
        }
        int log = block.u16(22);
        if (log < MIN_BLOCK_LOG || log > MAX_BLOCK_LOG || block.u32(12) != 1L << log) {
            throw new DiskImageException(Reason.MALFORMED, "an impossible size of blocks, at byte 12");
        }
        return new Superblock(
                1 << log,
                block.u32(16),
                Compression.of(block.u16(20)),
                block.s64(32),
                block.s64(64),
                block.s64(72),
                block.s64(80));
    }
}

package dev.mayfly.disk.formats.ext4;

import dev.mayfly.disk.formats.input.Bytes;
import dev.mayfly.disk.formats.input.ImageFile;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import java.io.IOException;

/** What the image says of itself. */
record Superblock(
        int blockBytes,
        long blocks,
        long inodes,
        long inodesPerGroup,
        int inodeBytes,
        int descriptorBytes,
        long descriptors,
        boolean fileTypes) {

    private static final int AT = 1024;
    private static final int BYTES = 1024;
    private static final int MAX_BLOCK_LOG = 6;

    private static final long FILE_TYPES = 0x2;
    private static final long NEEDS_RECOVERY = 0x4;
    private static final long SIXTY_FOUR_BITS = 0x80;

    /** File types, extents, 64 bits, protection against mounting twice, flexible groups, seeds, large directories, inline data. */
    private static final long SUPPORTED =
            FILE_TYPES | 0x40 | SIXTY_FOUR_BITS | 0x100 | 0x200 | 0x400 | 0x2000 | 0x4000 | 0x8000;

    private static final int OLD_INODE_BYTES = 128;
    private static final int OLD_DESCRIPTOR_BYTES = 32;

    static Superblock read(ImageFile image) throws IOException, DiskImageException {
        Bytes block = image.read(AT, BYTES);
        long features = block.u32(0x60);
        requireSupported(features);
        long log = block.u32(0x18);
        boolean sixtyFour = (features & SIXTY_FOUR_BITS) != 0;
        Superblock superblock = new Superblock(
                log > MAX_BLOCK_LOG ? 0 : 1024 << log,
                block.u32(0x4) | (sixtyFour ? block.u32(0x150) << 32 : 0),
                block.u32(0),
                block.u32(0x28),
                block.u32(0x4C) == 0 ? OLD_INODE_BYTES : block.u16(0x58),
                sixtyFour ? block.u16(0xFE) : OLD_DESCRIPTOR_BYTES,
                block.u32(0x14) + 1,
                (features & FILE_TYPES) != 0);
        superblock.requireConsistent(image);
        return superblock;
    }

    private static void requireSupported(long features) throws DiskImageException {
        if ((features & NEEDS_RECOVERY) != 0) {
            throw new DiskImageException(
                    Reason.UNSUPPORTED,
                    "its journal has to be recovered first: mount it and unmount it, or run e2fsck");
        }
        if ((features & ~SUPPORTED) != 0) {
            throw new DiskImageException(
                    Reason.UNSUPPORTED,
                    "uses features that are not supported: 0x" + Long.toHexString(features & ~SUPPORTED));
        }
    }

    private void requireConsistent(ImageFile image) throws DiskImageException {
        boolean possible = blockBytes > 0
                && inodesPerGroup > 0
                && inodeBytes >= OLD_INODE_BYTES
                && inodeBytes <= blockBytes
                && Integer.bitCount(inodeBytes) == 1
                && descriptorBytes >= OLD_DESCRIPTOR_BYTES
                && descriptorBytes <= blockBytes;
        if (!possible) {
            throw new DiskImageException(Reason.MALFORMED, "impossible sizes in the superblock, at byte " + AT);
        }
        if (blocks > image.size() / blockBytes) {
            throw new DiskImageException(
                    Reason.TRUNCATED,
                    "the file system has " + Long.toUnsignedString(blocks) + " blocks of " + blockBytes
                            + " bytes, and the image " + image.size() + " bytes");
        }
    }
}

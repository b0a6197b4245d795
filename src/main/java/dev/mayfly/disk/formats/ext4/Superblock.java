package dev.mayfly.disk.formats.ext4;

import dev.mayfly.disk.formats.input.Bytes;
import dev.mayfly.disk.formats.input.ImageFile;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import java.io.IOException;

/**
 * What the image says of itself.
 *
 * @param bytes all of it
 */
record Superblock(
        Bytes bytes,
        Checksums checksums,
        int blockBytes,
        long blocks,
        long inodes,
        long inodesPerGroup,
        int inodeBytes,
        int descriptorBytes) {

    private static final int AT = 1024;
    private static final int BYTES = 1024;
    private static final int MAX_BLOCK_LOG = 6;
    private static final int OLD_INODE_BYTES = 128;
    private static final int OLD_DESCRIPTOR_BYTES = 32;
    private static final int FEW_BACKUPS = 1;
    private static final int TWO_BACKUPS = 0x200;

    static Superblock read(ImageFile image) throws IOException, DiskImageException {
        Bytes block = image.read(AT, BYTES);
        long features = block.u32(0x60);
        Checksums checksums = Checksums.of(block);
        Feature.requireSupported(features);
        long log = block.u32(0x18);
        boolean sixtyFour = Feature.SIXTY_FOUR_BITS.isIn(features);
        Superblock superblock = new Superblock(
                block,
                checksums,
                log > MAX_BLOCK_LOG ? 0 : 1024 << log,
                block.u32(0x4) | (sixtyFour ? block.u32(0x150) << 32 : 0),
                block.u32(0),
                block.u32(0x28),
                block.u32(0x4C) == 0 ? OLD_INODE_BYTES : block.u16(0x58),
                sixtyFour ? block.u16(0xFE) : OLD_DESCRIPTOR_BYTES);
        superblock.requireConsistent(image);
        return superblock;
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

    /** Whether entries of directories say what they are of. */
    boolean fileTypes() throws DiskImageException {
        return has(Feature.FILE_TYPES);
    }

    private boolean has(Feature feature) throws DiskImageException {
        return feature.isIn(bytes.u32(0x60));
    }

    /** The block that the superblock is in. */
    int place() {
        return AT / blockBytes;
    }

    /** The first block of the first group. */
    long firstBlock() throws DiskImageException {
        return bytes.u32(0x14);
    }

    long blocksPerGroup() throws DiskImageException {
        return bytes.u32(0x20);
    }

    /** From which block of descriptors on they are where their groups are. */
    long firstSpread() throws DiskImageException {
        return has(Feature.SPREAD_DESCRIPTORS) ? bytes.u32(0x104) : Long.MAX_VALUE;
    }

    /** Whether only some groups begin with a copy of the superblock. */
    boolean fewBackups() throws DiskImageException {
        return (bytes.u32(0x64) & FEW_BACKUPS) != 0;
    }

    /** Whether only those groups do that {@link #backup} says. */
    boolean twoBackups() throws DiskImageException {
        return (bytes.u32(0x5C) & TWO_BACKUPS) != 0;
    }

    long backup(int index) throws DiskImageException {
        return bytes.u32(0x24C + index * Integer.BYTES);
    }
}

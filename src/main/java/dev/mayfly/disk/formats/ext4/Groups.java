package dev.mayfly.disk.formats.ext4;

import dev.mayfly.disk.formats.input.Bytes;
import dev.mayfly.disk.formats.input.ImageFile;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import java.io.IOException;

/**
 * Groups of blocks, whose descriptors say where inodes are. Descriptors follow the superblock, or those of each so many
 * groups, which fill a block, are in the first of them ({@code meta_bg}).
 */
final class Groups {

    private static final int WIDE_DESCRIPTOR_BYTES = 64;

    private final ImageFile image;
    private final Superblock superblock;

    Groups(ImageFile image, Superblock superblock) {
        this.image = image;
        this.superblock = superblock;
    }

    /** Where a group's inodes begin, in blocks. */
    long inodeTable(long group) throws IOException, DiskImageException {
        int bytes = superblock.descriptorBytes();
        int perBlock = superblock.blockBytes() / bytes;
        long at = descriptorBlock(group / perBlock, perBlock) * superblock.blockBytes() + group % perBlock * bytes;
        Bytes descriptor = image.read(at, bytes);
        superblock.checksums().requireGroup(group, descriptor);
        long table = descriptor.u32(0x8) | (bytes >= WIDE_DESCRIPTOR_BYTES ? descriptor.u32(0x28) << 32 : 0);
        if (table < 0 || table > superblock.blocks()) {
            throw new DiskImageException(Reason.MALFORMED, "inodes outside of the image, " + descriptor.place(0));
        }
        return table;
    }

    private long descriptorBlock(long number, int perBlock) throws DiskImageException {
        if (number < superblock.firstSpread()) {
            return superblock.place() + 1 + number;
        }
        long group = number * perBlock;
        long before = superblock.place() - superblock.firstBlock();
        long start = superblock.firstBlock() + group * superblock.blocksPerGroup();
        return start + (group == 0 ? before : 0) + (hasSuperblock(group) ? 1 : 0);
    }

    private boolean hasSuperblock(long group) throws DiskImageException {
        if (group == 0) {
            return true;
        } else if (superblock.twoBackups()) {
            return group == superblock.backup(0) || group == superblock.backup(1);
        }
        return group == 1
                || !superblock.fewBackups()
                || isPowerOf(3, group)
                || isPowerOf(5, group)
                || isPowerOf(7, group);
    }

    private static boolean isPowerOf(int base, long number) {
        long power = base;
        while (power < number) {
            power *= base;
        }
        return power == number;
    }
}

package dev.mayfly.disk.formats.ext4;

import dev.mayfly.disk.formats.input.Bytes;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;

/**
 * Compares metadata with the checksums that an image has of it: CRC-32C of everything ({@code metadata_csum}), CRC-16 of
 * the descriptors of groups ({@code uninit_bg}), or none. Each begins with what the file system, group or inode is, so that
 * metadata is not taken for that of another.
 */
final class Checksums {

    private static final int CRC16_OF_GROUPS = 0x10;
    private static final int CRC32C_OF_ALL = 0x400;
    private static final int CRC32C = 1;
    private static final int ID_AT = 0x68;
    private static final int ID_BYTES = 16;
    private static final int SUPERBLOCK_SUM_AT = 0x3FC;
    private static final int GROUP_SUM_AT = 0x1E;
    private static final byte[] NOTHING = new byte[Integer.BYTES];

    private enum Kind {
        NONE,
        GROUPS,
        ALL
    }

    private final Kind kind;
    private final int seed;

    private Checksums(Kind kind, int seed) {
        this.kind = kind;
        this.seed = seed;
    }

    /** Those that a superblock says there are; its own is compared. */
    static Checksums of(Bytes superblock) throws DiskImageException {
        long features = superblock.u32(0x64);
        if ((features & CRC32C_OF_ALL) != 0) {
            if (superblock.u8(0x175) != CRC32C) {
                throw new DiskImageException(Reason.UNSUPPORTED, "checksums that are not CRC-32C");
            }
            int sum = Crc.crc32c(-1, superblock.array(), 0, SUPERBLOCK_SUM_AT);
            require(superblock.s32(SUPERBLOCK_SUM_AT) == sum, "the superblock", superblock);
            boolean stored = Feature.STORED_SEED.isIn(superblock.u32(0x60));
            return new Checksums(Kind.ALL, stored ? superblock.s32(0x270) : idSum(superblock));
        } else if ((features & CRC16_OF_GROUPS) != 0) {
            return new Checksums(Kind.GROUPS, Crc.crc16(0xFFFF, superblock.array(), ID_AT, ID_AT + ID_BYTES));
        }
        return new Checksums(Kind.NONE, 0);
    }

    private static int idSum(Bytes superblock) {
        return Crc.crc32c(-1, superblock.array(), ID_AT, ID_AT + ID_BYTES);
    }

    void requireGroup(long group, Bytes descriptor) throws DiskImageException {
        int length = descriptor.length();
        byte[] bytes = descriptor.array();
        byte[] number = fourBytes(group);
        if (kind == Kind.GROUPS) {
            int sum = Crc.crc16(Crc.crc16(seed, number, 0, number.length), bytes, 0, GROUP_SUM_AT);
            sum = Crc.crc16(sum, bytes, GROUP_SUM_AT + Short.BYTES, length);
            require(descriptor.u16(GROUP_SUM_AT) == sum, "the descriptor of group " + group, descriptor);
        } else if (kind == Kind.ALL) {
            int sum = Crc.crc32c(Crc.crc32c(seed, number, 0, number.length), bytes, 0, GROUP_SUM_AT);
            sum = Crc.crc32c(sum, NOTHING, 0, Short.BYTES);
            sum = Crc.crc32c(sum, bytes, GROUP_SUM_AT + Short.BYTES, length);
            require(descriptor.u16(GROUP_SUM_AT) == (sum & 0xFFFF), "the descriptor of group " + group, descriptor);
        }
    }

    void requireInode(Inode inode) throws DiskImageException {
        if (kind == Kind.ALL) {
            require(InodeSum.isRight(ownerSum(inode), inode.bytes()), "inode " + inode.number(), inode.bytes());
        }
    }

    /** A block of a tree of extents, whose sum is behind the room for extents. */
    void requireExtents(Inode owner, Bytes block) throws DiskImageException {
        if (kind == Kind.ALL) {
            int at = (1 + block.u16(4)) * BlockMaps.EXTENT_BYTES;
            int stored = block.s32(at);
            int sum = Crc.crc32c(ownerSum(owner), block.array(), 0, at);
            require(stored == sum, "extents of inode " + owner.number(), block);
        }
    }

    /**
     * A block of a directory.
     *
     * @param index of the block in the directory
     */
    void requireDirectory(Inode owner, long index, Bytes block) throws DiskImageException {
        if (kind == Kind.ALL) {
            int seedOfBlock = ownerSum(owner);
            boolean right = (owner.indexed() && DirectorySum.isOfIndex(index, block))
                    ? DirectorySum.ofIndex(seedOfBlock, index, block)
                    : DirectorySum.ofEntries(seedOfBlock, block);
            require(right, "a block of directory " + owner.number(), block);
        }
    }

    private int ownerSum(Inode inode) throws DiskImageException {
        byte[] number = fourBytes(inode.number());
        int sum = Crc.crc32c(seed, number, 0, number.length);
        return Crc.crc32c(sum, inode.bytes().array(), Inode.GENERATION_AT, Inode.GENERATION_AT + Integer.BYTES);
    }

    private static byte[] fourBytes(long number) {
        return new byte[] {(byte) number, (byte) (number >>> 8), (byte) (number >>> 16), (byte) (number >>> 24)};
    }

    private static void require(boolean right, String what, Bytes where) throws DiskImageException {
        if (!right) {
            throw new DiskImageException(Reason.CORRUPT_DATA, what + " does not have its checksum, " + where.place(0));
        }
    }
}

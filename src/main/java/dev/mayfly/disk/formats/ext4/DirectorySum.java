package dev.mayfly.disk.formats.ext4;

import dev.mayfly.disk.formats.input.Bytes;
import dev.mayfly.disk.layout.DiskImageException;

/**
 * The checksum of a block of a directory: at its end, in what looks like an entry for nothing; of a block of the index,
 * behind the room for the index.
 */
final class DirectorySum {

    private static final int TAIL_BYTES = 12;
    private static final int TAIL_MARK = 0xDE;
    private static final int ROOT_INDEX_AT = 32;
    private static final int INDEX_AT = 8;
    private static final int INDEX_ENTRY_BYTES = 8;
    private static final byte[] NOTHING = new byte[Integer.BYTES];

    private DirectorySum() {}

    /** The first block of a directory with an index is of the index; others are if they look like one entry for nothing. */
    static boolean isOfIndex(long index, Bytes block) throws DiskImageException {
        int length = block.u16(4);
        return index == 0 || length == (block.length() & 0xFFFF) || (block.length() > 0xFFFF && length == 0xFFFF);
    }

    static boolean ofEntries(int seed, Bytes block) throws DiskImageException {
        int at = block.length() - TAIL_BYTES;
        return block.u32(at) == 0
                && block.u16(at + 4) == TAIL_BYTES
                && block.u8(at + 6) == 0
                && block.u8(at + 7) == TAIL_MARK
                && block.s32(at + 8) == Crc.crc32c(seed, block.array(), 0, at);
    }

    /** Covers what of the index is in use. */
    static boolean ofIndex(int seed, long index, Bytes block) throws DiskImageException {
        int at = index == 0 ? ROOT_INDEX_AT : INDEX_AT;
        int end = at + block.u16(at + 2) * INDEX_ENTRY_BYTES;
        int tail = at + block.u16(at) * INDEX_ENTRY_BYTES;
        int stored = block.s32(tail + Integer.BYTES);
        if (end > tail) {
            return false;
        }
        int sum = Crc.crc32c(seed, block.array(), 0, end);
        sum = Crc.crc32c(sum, block.array(), tail, tail + Integer.BYTES);
        return stored == Crc.crc32c(sum, NOTHING, 0, NOTHING.length);
    }
}

package dev.mayfly.disk.formats.ext4;

import dev.mayfly.disk.formats.input.Bytes;
import dev.mayfly.disk.layout.DiskImageException;

/** The checksum of an inode: its lower half where old inodes have room for it, the upper one in what new ones have more. */
final class InodeSum {

    private static final int LOW_AT = 0x7C;
    private static final int OLD_BYTES = 0x80;
    private static final int HIGH_AT = 0x82;
    private static final int EXTRA_FOR_HIGH = 4;
    private static final byte[] NOTHING = new byte[Short.BYTES];

    private InodeSum() {}

    static boolean isRight(int seed, Bytes inode) throws DiskImageException {
        byte[] bytes = inode.array();
        int sum = skipping(Crc.crc32c(seed, bytes, 0, LOW_AT), bytes, LOW_AT, OLD_BYTES);
        int stored = inode.u16(LOW_AT);
        if (inode.length() == OLD_BYTES) {
            return stored == (sum & 0xFFFF);
        }
        sum = Crc.crc32c(sum, bytes, OLD_BYTES, HIGH_AT);
        if (inode.u16(OLD_BYTES) < EXTRA_FOR_HIGH) {
            return stored == (Crc.crc32c(sum, bytes, HIGH_AT, inode.length()) & 0xFFFF);
        }
        return (stored | inode.u16(HIGH_AT) << 16) == skipping(sum, bytes, HIGH_AT, inode.length());
    }

    /** Goes on to {@code end}, as if the half of the sum that is at {@code at} were zero. */
    private static int skipping(int sum, byte[] bytes, int at, int end) {
        return Crc.crc32c(Crc.crc32c(sum, NOTHING, 0, NOTHING.length), bytes, at + NOTHING.length, end);
    }
}

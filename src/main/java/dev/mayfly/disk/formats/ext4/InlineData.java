package dev.mayfly.disk.formats.ext4;

import dev.mayfly.disk.formats.input.Bytes;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import java.util.Arrays;

/** Contents that are in the inode itself: the first 60 bytes in place of the map, the rest in an extended attribute. */
final class InlineData {

    private static final int EXTRA_AT = 128;
    private static final long MAGIC = 0xEA02_0000L;
    private static final int MAGIC_BYTES = 4;
    private static final int ENTRY_BYTES = 16;
    private static final int SYSTEM = 7;

    private InlineData() {}

    /** All of it, without regard to the file's size. */
    static Bytes of(Inode inode) throws DiskImageException {
        Bytes map = inode.map();
        Bytes more = attribute(inode.bytes());
        byte[] all = Arrays.copyOf(map.array(), map.length() + more.length());
        System.arraycopy(more.array(), 0, all, map.length(), more.length());
        return new Bytes(all, all.length, map.origin());
    }

    private static Bytes attribute(Bytes inode) throws DiskImageException {
        if (inode.length() > EXTRA_AT) {
            int start = EXTRA_AT + inode.u16(EXTRA_AT);
            if (start <= inode.length() - MAGIC_BYTES && inode.u32(start) == MAGIC) {
                return attribute(inode, start + MAGIC_BYTES);
            }
        }
        return new Bytes(new byte[0], 0, inode.origin());
    }

    private static Bytes attribute(Bytes inode, int first) throws DiskImageException {
        int at = first;
        while (at <= inode.length() - ENTRY_BYTES && inode.u32(at) != 0) {
            int nameLength = inode.u8(at);
            if (inode.u8(at + 1) == SYSTEM && isData(inode, at + ENTRY_BYTES, nameLength)) {
                return value(inode, first + inode.u16(at + 2), inode.u32(at + 8));
            }
            at += ENTRY_BYTES + (nameLength + 3) / 4 * 4;
        }
        return new Bytes(new byte[0], 0, inode.origin());
    }

    private static boolean isData(Bytes inode, int at, int length) throws DiskImageException {
        return length == 4 && inode.u32(at) == 0x6174_6164L; // "data"
    }

    private static Bytes value(Bytes inode, int at, long length) throws DiskImageException {
        if (length > inode.length() || at > inode.length() - length) {
            throw new DiskImageException(Reason.SIZE_MISMATCH, "contents longer than their inode, " + inode.place(at));
        }
        byte[] value = Arrays.copyOfRange(inode.array(), at, at + (int) length);
        return new Bytes(value, value.length, inode.origin() + at);
    }
}

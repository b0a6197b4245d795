package dev.mayfly.disk.formats.ext4;

import dev.mayfly.disk.formats.input.Bytes;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import java.util.concurrent.TimeUnit;

/** An inode. */
record Inode(long number, Bytes bytes) {

    static final int MAP_AT = 0x28;
    static final int MAP_BYTES = 60;
    static final int GENERATION_AT = 0x64;

    private static final int OLD_BYTES = 128;
    private static final int KIND_MASK = 0xF000;
    private static final int DIRECTORY = 0x4000;
    private static final int FILE = 0x8000;
    private static final int LINK = 0xA000;

    private static final long COMPRESSED_OR_ENCRYPTED = 0x4 | 0x800;
    private static final long INDEXED = 0x1000;
    private static final long EXTENTS = 0x80000;
    private static final long VERITY = 0x10_0000;
    private static final long INLINE = 0x1000_0000;

    /** What it is. */
    enum Kind {
        DIRECTORY,
        FILE,
        LINK
    }

    Kind kind() throws DiskImageException {
        int mode = bytes.u16(0);
        if ((flags() & COMPRESSED_OR_ENCRYPTED) != 0) {
            throw new DiskImageException(Reason.UNSUPPORTED, "compressed or encrypted: inode " + number);
        }
        if ((flags() & VERITY) != 0) {
            throw new DiskImageException(Reason.UNSUPPORTED, "protected by fs-verity: inode " + number);
        }
        return switch (mode & KIND_MASK) {
            case DIRECTORY -> Kind.DIRECTORY;
            case FILE -> Kind.FILE;
            case LINK -> Kind.LINK;
            case 0x1000, 0x2000, 0x6000, 0xC000 ->
                throw new DiskImageException(Reason.SPECIAL_FILE, "a device, pipe or socket: inode " + number);
            default -> throw new DiskImageException(Reason.MALFORMED, "no file of any kind: inode " + number);
        };
    }

    /** In bytes. */
    long size() throws DiskImageException {
        return bytes.u32(4) | (bytes.u32(0x6C) << 32);
    }

    /** In nanoseconds since 1970-01-01T00:00:00Z. */
    long modified() throws DiskImageException {
        long seconds = bytes.s32(0x10);
        long nanos = 0;
        if (bytes.length() > OLD_BYTES && bytes.u16(0x80) >= 0x8C - OLD_BYTES) {
            long extra = bytes.u32(0x88);
            seconds += (extra & 3) << 32;
            nanos = Math.min(extra >>> 2, 999_999_999);
        }
        return TimeUnit.SECONDS.toNanos(seconds) + nanos;
    }

    boolean inExtents() throws DiskImageException {
        return (flags() & EXTENTS) != 0;
    }

    /** Whether it is a directory with an index. */
    boolean indexed() throws DiskImageException {
        return (flags() & INDEXED) != 0;
    }

    boolean inline() throws DiskImageException {
        return (flags() & INLINE) != 0;
    }

    /** Whether it is a link whose target is where other inodes say what their blocks are. */
    boolean shortLink() throws DiskImageException {
        return size() < MAP_BYTES && (flags() & (EXTENTS | INLINE)) == 0;
    }

    /** What says where its blocks are, or its contents if they are short. */
    Bytes map() throws DiskImageException {
        bytes.u8(MAP_AT + MAP_BYTES - 1);
        byte[] map = new byte[MAP_BYTES];
        System.arraycopy(bytes.array(), MAP_AT, map, 0, MAP_BYTES);
        return new Bytes(map, MAP_BYTES, bytes.origin() + MAP_AT);
    }

    private long flags() throws DiskImageException {
        return bytes.u32(0x20);
    }
}

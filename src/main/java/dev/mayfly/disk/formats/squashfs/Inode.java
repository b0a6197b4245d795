package dev.mayfly.disk.formats.squashfs;

import dev.mayfly.disk.formats.input.Bytes;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** An inode. */
sealed interface Inode {

    int HEADER_BYTES = 16;
    int MAX_LINK_BYTES = 65_535;
    long NO_FRAGMENT = 0xFFFF_FFFFL;

    /** In nanoseconds since 1970-01-01T00:00:00Z. */
    long modified();

    /**
     * A directory.
     *
     * @param block where its listing begins, in the table of directories
     * @param offset in that block
     * @param bytes of the listing
     */
    record Folder(long modified, long block, int offset, long bytes) implements Inode {}

    /**
     * A regular file.
     *
     * @param start of its blocks in the image
     * @param fragment which fragment its end is in, or {@link #NO_FRAGMENT}
     * @param offset of its end in the fragment
     * @param sizes from where the sizes of its blocks can be read
     */
    record File(long modified, long start, long size, long fragment, long offset, MetadataCursor sizes)
            implements Inode {}

    /** A symbolic link. */
    record Link(long modified, String target) implements Inode {}

    /** Reads what the cursor is at. */
    static Inode read(MetadataCursor cursor) throws IOException, DiskImageException {
        Bytes header = cursor.read(HEADER_BYTES);
        long modified = TimeUnit.SECONDS.toNanos(header.u32(8));
        return switch (header.u16(0)) {
            case 1 -> folder(modified, cursor.read(16));
            case 2 -> file(modified, cursor.read(16), cursor);
            case 3, 10 -> link(modified, cursor);
            case 8 -> extendedFolder(modified, cursor.read(24));
            case 9 -> extendedFile(modified, cursor.read(40), cursor);
            case 4, 5, 6, 7, 11, 12, 13, 14 ->
                throw new DiskImageException(
                        Reason.SPECIAL_FILE, "a device, pipe or socket, in the block " + header.place(0));
            default ->
                throw new DiskImageException(
                        Reason.MALFORMED, "an inode of unknown type, in the block " + header.place(0));
        };
    }

    private static Folder folder(long modified, Bytes in) throws DiskImageException {
        return new Folder(modified, in.u32(0), in.u16(10), listing(in.u16(8), in));
    }

    private static Folder extendedFolder(long modified, Bytes in) throws DiskImageException {
        return new Folder(modified, in.u32(8), in.u16(18), listing(in.u32(4), in));
    }

    /** A listing is said to be three bytes longer than it is. */
    private static long listing(long size, Bytes in) throws DiskImageException {
        if (size < 3) {
            throw new DiskImageException(
                    Reason.SIZE_MISMATCH, "a directory of an impossible size, in the block " + in.place(0));
        }
        return size - 3;
    }

    private static File file(long modified, Bytes in, MetadataCursor cursor) throws DiskImageException {
        return new File(modified, in.u32(0), in.u32(12), in.u32(4), in.u32(8), cursor);
    }

    private static File extendedFile(long modified, Bytes in, MetadataCursor cursor) throws DiskImageException {
        return new File(modified, in.s64(0), in.s64(8), in.u32(28), in.u32(32), cursor);
    }

    private static Link link(long modified, MetadataCursor cursor) throws IOException, DiskImageException {
        long length = cursor.read(8).u32(4);
        if (length > MAX_LINK_BYTES) {
            throw new DiskImageException(Reason.NAME_TOO_LONG, "a link of " + length + " bytes");
        }
        return new Link(modified, cursor.read((int) length).text(0, (int) length));
    }
}

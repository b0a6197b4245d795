package dev.mayfly.disk.layout;

import dev.mayfly.disk.layout.DiskImageException.Reason;
import java.io.IOException;
import java.util.Arrays;

/** Takes in the contents of one file, from beginning to end. What is nothing but zeros becomes a hole. */
public final class FileContents {

    private static final byte[] ZEROS = new byte[DiskWriter.BUFFER_BYTES];

    private final DiskWriter disk;
    private final byte[] buffer;
    private final DraftFile file;
    private long position;
    private int filled;

    FileContents(DiskWriter disk, byte[] buffer, DraftFile file) {
        this.disk = disk;
        this.buffer = buffer;
        this.file = file;
    }

    /** How much was written, in bytes. */
    public long size() {
        return position + filled;
    }

    public void write(byte[] bytes, int offset, int length) throws IOException, DiskImageException {
        disk.count(length);
        requireSize(size() + length);
        for (int done = 0; done < length; ) {
            int count = Math.min(length - done, buffer.length - filled);
            System.arraycopy(bytes, offset + done, buffer, filled, count);
            filled += count;
            done += count;
            if (filled == buffer.length) {
                flush();
            }
        }
    }

    /** Counts what was unpacked to find contents in it, which are not all of it. */
    public void unpacked(long bytes) throws DiskImageException {
        disk.countUnpacked(bytes);
    }

    /** Appends zeros that take nothing. */
    public void skip(long length) throws IOException, DiskImageException {
        if (length < 0 || length > DiskLimits.MAX_FILE_BYTES) {
            throw tooLarge();
        }
        if (length == 0) {
            return;
        }
        requireSize(size() + length);
        disk.countHole(length);
        flush();
        position += length;
    }

    /** The file, which has no name yet. */
    public DraftFile end() throws IOException {
        flush();
        file.setSize(position);
        return file;
    }

    private void flush() throws IOException {
        if (filled > 0 && !Arrays.equals(buffer, 0, filled, ZEROS, 0, filled)) {
            file.add(position, filled, disk.append(buffer, filled));
        }
        position += filled;
        filled = 0;
    }

    private static void requireSize(long size) throws DiskImageException {
        if (size > DiskLimits.MAX_FILE_BYTES) {
            throw tooLarge();
        }
    }

    private static DiskImageException tooLarge() {
        return new DiskImageException(Reason.TOO_LARGE, "a file of more than " + DiskLimits.MAX_FILE_BYTES + " bytes");
    }
}

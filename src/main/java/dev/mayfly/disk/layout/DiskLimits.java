package dev.mayfly.disk.layout;

/**
 * How large a disk may be; what is larger is refused while it is read.
 *
 * @param bytes contents of all files together, uncompressed, holes not counted
 * @param files files, directories and links
 */
public record DiskLimits(long bytes, int files) {

    /** The deepest directory below the root. */
    public static final int MAX_DEPTH = 256;

    /** The longest name, in bytes of UTF-8. */
    public static final int MAX_NAME = 255;

    /** The longest path, and the longest target of a symbolic link, in bytes of UTF-8. */
    public static final int MAX_PATH = 4095;

    /** The largest file, holes counted. */
    public static final long MAX_FILE_BYTES = 1L << 40;

    public DiskLimits {
        if (bytes < 0 || files < 1) {
            throw new IllegalArgumentException("too small: " + bytes + " bytes, " + files + " files");
        }
    }
}

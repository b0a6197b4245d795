package dev.mayfly.disk.layout;

/** An image that cannot be made a disk: it is damaged, hostile, too large, or uses what is not supported. */
public final class DiskImageException extends Exception {

    private static final long serialVersionUID = 1L;

    /** What is wrong. The words that clients see are the names, in lower case and with hyphens. */
    public enum Reason {
        /** It is none of the formats. */
        UNKNOWN_FORMAT,
        /** It ends before what it says it contains. */
        TRUNCATED,
        /** It breaks the rules of its format. */
        MALFORMED,
        /** Its compressed data cannot be unpacked. */
        CORRUPT_DATA,
        /** It is right, but nothing that is supported. */
        UNSUPPORTED,
        /** A directory is within itself, or has two names. */
        LOOP,
        /** Two entries of a directory have the same name. */
        DUPLICATE_NAME,
        /** A name that no file can have: empty, a dot or two, with a slash or NUL, or no UTF-8. */
        INVALID_NAME,
        /** A name, path or link is too long. */
        NAME_TOO_LONG,
        /** A path leads out of the tree, or through what is no directory. */
        INVALID_PATH,
        /** A link leads out of the tree, or to what is not there. */
        INVALID_LINK,
        /** A device, pipe or socket. */
        SPECIAL_FILE,
        /** A size is not that of what is there. */
        SIZE_MISMATCH,
        /** It has more bytes than a disk may have. */
        TOO_LARGE,
        /** It has more files than a disk may have. */
        TOO_MANY_FILES,
        /** Its directories are nested deeper than they may be. */
        TOO_DEEP
    }

    private final Reason reason;

    /** With a message for whoever made the image, which says where in it. */
    public DiskImageException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}

package dev.mayfly.abi;

/** What compiled code knows of a data or element segment, in bytes from its start. */
public final class SegmentDescriptor {

    /** The address of the content, 64 bits. */
    public static final int CONTENT = 0;

    /** The number of bytes, or of references, 64 bits; zero once it was dropped. */
    public static final int LENGTH = 8;

    public static final int BYTES = 16;

    private SegmentDescriptor() {}
}

package dev.mayfly.abi;

/**
 * The layout of an instance's context, in bytes from its start: what compiled code and host exchange. It begins at a
 * page that the image names and is followed by the instance's globals.
 */
public final class Context {

    /** The size of linear memory in bytes, 64 bits. Written by the host only. */
    public static final int MEMORY_BYTES = 0;

    /** What a hypercall that is not an import call is about: 64 bits, for example the pages to grow by. */
    public static final int ARGUMENT = 8;

    /** What the host answers: 64 bits. */
    public static final int RESULT = 16;

    /** Arguments of an import call, 16 bytes each, in order; its results take their place. */
    public static final int FRAME = 64;

    /** How many arguments, or results, the frame has room for. */
    public static final int FRAME_SLOTS = 60;

    /** Of an argument or a result in the frame. */
    public static final int FRAME_SLOT_BYTES = 16;

    /** The first global; each takes 16 bytes. */
    public static final int GLOBALS = FRAME + FRAME_SLOTS * FRAME_SLOT_BYTES;

    public static final int GLOBAL_BYTES = 16;

    private Context() {}
}

package dev.mayfly.cluster;

/** The kinds of frames, by the byte that a frame begins with. Kinds that are not known are for later versions. */
final class FrameKind {

    static final int LOADED = 1;
    static final int STARTED = 2;
    static final int OUTPUT = 3;
    static final int RESULT = 4;
    static final int SETTLING = 5;
    static final int ARCHIVE = 6;

    /** How long the content of a frame is at most, in bytes. */
    static final int MOST_BYTES = 1024 * 1024;

    private FrameKind() {}
}

package dev.mayfly.wasi;

/** Bits of {@code rights} in preview 1's witx definition. */
final class Rights {

    static final long FD_READ = 1L << 1;
    static final long FD_FDSTAT_SET_FLAGS = 1L << 3;
    static final long FD_WRITE = 1L << 6;
    static final long FD_FILESTAT_GET = 1L << 21;
    static final long POLL_FD_READWRITE = 1L << 27;

    private static final long STREAM = FD_FDSTAT_SET_FLAGS | FD_FILESTAT_GET | POLL_FD_READWRITE;

    static final long INPUT_STREAM = FD_READ | STREAM;
    static final long OUTPUT_STREAM = FD_WRITE | STREAM;

    private Rights() {}
}

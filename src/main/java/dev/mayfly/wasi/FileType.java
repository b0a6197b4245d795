package dev.mayfly.wasi;

/** What a descriptor stands for, {@code filetype} in preview 1's witx definition. */
enum FileType {
    /** Also what a pipe is, for which preview 1 has no type. */
    UNKNOWN(0),
    BLOCK_DEVICE(1),
    CHARACTER_DEVICE(2),
    DIRECTORY(3),
    REGULAR_FILE(4),
    SOCKET_DGRAM(5),
    SOCKET_STREAM(6),
    SYMBOLIC_LINK(7);

    private final int code;

    FileType(int code) {
        this.code = code;
    }

    int code() {
        return code;
    }
}

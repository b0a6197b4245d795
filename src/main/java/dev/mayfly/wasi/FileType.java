package dev.mayfly.wasi;

/** What a descriptor stands for, {@code filetype} in preview 1's witx definition; a code is the constant's ordinal. */
enum FileType {
    /** Also what a pipe is, for which preview 1 has no type. */
    UNKNOWN,
    BLOCK_DEVICE,
    CHARACTER_DEVICE,
    DIRECTORY,
    REGULAR_FILE,
    SOCKET_DGRAM,
    SOCKET_STREAM,
    SYMBOLIC_LINK
}

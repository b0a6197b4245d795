package dev.mayfly.disk;

/** What kinds of files there are. */
public enum NodeKind {
    DIRECTORY,
    REGULAR_FILE,
    SYMBOLIC_LINK
}

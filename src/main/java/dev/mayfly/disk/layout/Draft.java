package dev.mayfly.disk.layout;

/** A file of a disk that is being laid out. */
public sealed interface Draft permits DraftDirectory, DraftFile, DraftLink {

    /** In nanoseconds since 1970-01-01T00:00:00Z. */
    long modified();
}

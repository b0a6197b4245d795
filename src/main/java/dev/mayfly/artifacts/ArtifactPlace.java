package dev.mayfly.artifacts;

/** Where contents are kept. */
public enum ArtifactPlace {
    /** Below the data directory. */
    FILES,
    /** In the database, so that processes with directories of their own have the same. */
    DATABASE
}

package dev.mayfly.artifacts;

/**
 * Where the database has contents of a kind.
 *
 * @param contents the table with a row for each, which is the lock on it: {@code digest}, {@code size_bytes}
 * @param chunks the table of its bytes, where they are not kept in files: {@code digest}, {@code number}, {@code bytes}
 */
public record ArtifactTables(String contents, String chunks) {}

package dev.mayfly.disk;

import java.io.IOException;

/**
 * A file of the read-only layer that a file system may lie on. Shared by any number of instances, so thread-safe, and
 * never changes.
 */
public sealed interface LowerNode {

    /** Distinguishes it from all others of its layer; two names of one file have the same. From 1. */
    long number();

    /** When its contents were changed last, in nanoseconds since 1970-01-01T00:00:00Z. */
    long modified();

    /** A directory, whose entries are in memory. */
    non-sealed interface LowerDirectory extends LowerNode {

        /** The entries in the order of the listing, without {@code .} and {@code ..}; no name twice. */
        Iterable<LowerEntry> entries();
    }

    /** A name in a directory. */
    record LowerEntry(String name, LowerNode node) {}

    /** A regular file. */
    non-sealed interface LowerFile extends LowerNode {

        /** In bytes. */
        long size();

        /**
         * Reads all of the bytes asked for, which are within the file.
         *
         * @throws IOException if the layer is broken
         */
        void read(long position, byte[] target, int offset, int length) throws IOException;
    }

    /** A symbolic link. */
    non-sealed interface LowerLink extends LowerNode {

        String target();
    }
}

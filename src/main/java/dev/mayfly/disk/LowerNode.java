package dev.mayfly.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * A file of the read-only layer that a file system may lie on. Shared by any number of instances, so thread-safe, and
 * never changes.
 */
public sealed interface LowerNode {

    /** Distinguishes it from all others of its layer; two names of one file have the same. From 1; the root has 1. */
    long number();

    /** How many names it has, from 1. */
    int links();

    /** When its contents were changed last, in nanoseconds since 1970-01-01T00:00:00Z. */
    long modified();

    /** A directory. Its entries have indices from 0, which is the order of the listing. */
    non-sealed interface LowerDirectory extends LowerNode {

        /** How many entries there are, without {@code .} and {@code ..}; no name twice. */
        int count();

        /** What the listing says of an entry. */
        LowerEntry entry(int index);

        /** The index of the entry with a name; -1 if there is none. */
        int find(String name);

        /** What an entry stands for. */
        LowerNode node(int index);
    }

    /**
     * A name in a directory.
     *
     * @param number of what it stands for
     */
    record LowerEntry(String name, long number, NodeKind kind) {}

    /** A regular file. */
    non-sealed interface LowerFile extends LowerNode {

        /** In bytes. */
        long size();

        /**
         * Reads as many bytes as asked for, which are within the file and fit into the target.
         *
         * @throws IOException if the layer is broken
         */
        void read(long position, ByteBuffer target, int length) throws IOException;
    }

    /** A symbolic link. */
    non-sealed interface LowerLink extends LowerNode {

        String target();
    }
}

package dev.mayfly.disk;

import org.jspecify.annotations.Nullable;

/**
 * Where a path leads.
 *
 * @param parent the directory that its last name is in
 * @param name its last name; empty if the path ends in {@code .} or {@code ..}: then it leads to the parent itself
 * @param node what is there; null if nothing is
 * @param slash whether the path ends in a slash, so that only a directory is meant
 */
record Place(Directory parent, String name, @Nullable Node node, boolean slash) {

    boolean named() {
        return !name.isEmpty();
    }

    /** What is there. */
    Node existing() throws FileException {
        if (node == null) {
            throw FileException.of(FileError.NOENT);
        }
        return node;
    }

    /** Requires that something new can be put there. */
    void requireFree() throws FileException {
        if (node != null) {
            throw FileException.of(FileError.EXIST);
        }
        requireAlive();
        requireWritable();
    }

    void requireAlive() throws FileException {
        if (parent.removed()) {
            throw FileException.of(FileError.NOENT);
        }
    }

    /** Requires that entries of its directory can be changed. */
    void requireWritable() throws FileException {
        if (parent.inode().readOnly()) {
            throw FileException.of(FileError.ROFS);
        }
    }

    /** Requires that a file can have a name here and there. */
    void requireSameDisk(Place other) throws FileException {
        if (disk() != other.disk()) {
            throw FileException.of(FileError.XDEV);
        }
    }

    /** What cannot be written to is a disk of its own. */
    private @Nullable LowerLayer disk() {
        return parent.inode().readOnly() ? parent.inode().layer() : null;
    }

    /** Refuses a path with a slash behind something that is no directory. */
    void requireNoSlash(FileError error) throws FileException {
        if (slash) {
            throw FileException.of(error);
        }
    }
}

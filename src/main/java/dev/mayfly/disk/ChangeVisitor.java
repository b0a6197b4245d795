package dev.mayfly.disk;

import java.io.IOException;

/**
 * Is shown what an instance has changed. Paths are from the root, without a slash before or behind; those of what was
 * changed on a disk are the same there.
 */
public interface ChangeVisitor {

    /**
     * A directory that is new, moved, changed, or has something in it that was.
     *
     * @param opaque whether nothing that the disk has in its place is in it
     */
    void directory(String path, Directory directory, boolean opaque) throws IOException, FileException;

    /** A file that is new, moved or changed, under its first name. */
    void file(String path, RegularFile file) throws IOException, FileException;

    /** Another name of a file. */
    void hardLink(String path, String first) throws IOException, FileException;

    /** A symbolic link that is new, moved or changed; one with several names comes as several. */
    void symbolicLink(String path, SymbolicLink link) throws IOException, FileException;

    /** A name of the disk that is gone, and that nothing stands under instead. */
    void removed(String path) throws IOException, FileException;

    /** Before each entry that is looked at, changed or not: throwing is the way to end a visit that takes too long. */
    void looking() throws IOException;
}

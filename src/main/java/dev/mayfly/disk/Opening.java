package dev.mayfly.disk;

/**
 * How a file is to be opened.
 *
 * @param create makes a regular file if there is nothing
 * @param exclusive with {@code create}: only if there is nothing
 * @param directory only if it is a directory
 * @param truncate cuts a regular file off at 0
 * @param write for writing, which directories cannot be opened for
 * @param follow goes where a symbolic link at the end of the path leads
 */
public record Opening(
        boolean create, boolean exclusive, boolean directory, boolean truncate, boolean write, boolean follow) {}

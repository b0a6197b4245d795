package dev.mayfly.disk;

/** A file of any kind. */
public sealed interface Node permits Directory, RegularFile, SymbolicLink {

    Inode inode();

    NodeKind kind();

    /** In bytes; of a symbolic link the length of its target, of a directory 0. */
    long size();
}

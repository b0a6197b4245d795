package dev.mayfly.disk;

/** A tree of files that never changes, shared by any number of instances. Thread-safe. */
public interface ReadOnlyDisk {

    LowerNode.LowerDirectory root();

    /** How many files of all kinds there are; none has a higher number. */
    long nodes();
}

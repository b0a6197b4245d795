package dev.mayfly.vmm;

/** What a guest may do with a region. Nothing is ever both writable and executable. */
public enum Permission {
    /** Read and execute. Shared by all instances. */
    CODE,
    /** Read. Shared by all instances. */
    CONSTANT,
    /** Read and write. Each instance has its own copy. */
    DATA
}

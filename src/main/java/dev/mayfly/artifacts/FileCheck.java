package dev.mayfly.artifacts;

/** When a file that is also in the database is compared with its digest, beside when it comes from there. */
public enum FileCheck {
    /** Whenever it is looked up. */
    AT_EACH_USE,
    /** When it is first looked up in this process: for files that it takes seconds to read. */
    ONCE
}

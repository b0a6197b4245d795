package dev.mayfly.wasi;

import dev.mayfly.disk.FileException;
import dev.mayfly.disk.FileSystem;
import dev.mayfly.disk.Node;

/**
 * The last three arguments of {@code fd_filestat_set_times} and {@code path_filestat_set_times}.
 *
 * @param accessed in nanoseconds since 1970-01-01T00:00:00Z
 * @param modified the same
 * @param flags {@code fstflags} of preview 1's witx definition
 */
record NewTimes(long accessed, long modified, long flags) {

    private static final long ACCESSED = 1;
    private static final long ACCESSED_NOW = 1 << 1;
    private static final long MODIFIED = 1 << 2;
    private static final long MODIFIED_NOW = 1 << 3;

    NewTimes requireValid() throws ErrnoException {
        if ((flags & ~(ACCESSED | ACCESSED_NOW | MODIFIED | MODIFIED_NOW)) != 0
                || (has(ACCESSED) && has(ACCESSED_NOW))
                || (has(MODIFIED) && has(MODIFIED_NOW))) {
            throw ErrnoException.of(Errno.INVAL);
        }
        return this;
    }

    void applyTo(Node node, FileSystem files) throws FileException {
        long now = files.now();
        long newAccessed = has(ACCESSED)
                ? accessed
                : has(ACCESSED_NOW) ? now : node.inode().accessed();
        long newModified = has(MODIFIED)
                ? modified
                : has(MODIFIED_NOW) ? now : node.inode().modified();
        files.setTimes(node, newAccessed, newModified);
    }

    private boolean has(long flag) {
        return (flags & flag) != 0;
    }
}

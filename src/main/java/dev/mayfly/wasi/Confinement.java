package dev.mayfly.wasi;

import dev.mayfly.disk.FileLimits;
import dev.mayfly.disk.Storage;

/**
 * What a guest may do with its host.
 *
 * @param systemCalls which calls it may make
 * @param files what its files may take
 * @param storage where the memory for its files comes from
 */
public record Confinement(SystemCallPolicy systemCalls, FileLimits files, Storage storage) {

    /** All calls, and {@link FileLimits#DEFAULT} of files from memory that is not shared with other guests. */
    public static final Confinement DEFAULT =
            new Confinement(SystemCallPolicy.ALLOW_ALL, FileLimits.DEFAULT, Storage.UNSHARED);
}

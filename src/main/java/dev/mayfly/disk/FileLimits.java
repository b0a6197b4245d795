package dev.mayfly.disk;

/**
 * What the files of one instance may take.
 *
 * @param bytes memory for contents, names and the files themselves, from 0; beyond it operations fail with {@link
 *     FileError#NOSPC}. A file counts 512 bytes, a name 128 and its length twice, contents the blocks they are in: 16 KiB
 *     each, a file's last one less
 * @param files how many files, directories and links there may be, from 0; beyond it operations fail with {@link
 *     FileError#DQUOT}
 */
public record FileLimits(long bytes, int files) {

    /** No files can be made. */
    public static final FileLimits NONE = new FileLimits(0, 0);

    /** 16 MiB in 10,000 files. */
    public static final FileLimits DEFAULT = new FileLimits(16 << 20, 10_000);

    public FileLimits {
        if (bytes < 0 || files < 0) {
            throw new IllegalArgumentException("must not be negative: " + bytes + " bytes, " + files + " files");
        }
    }
}

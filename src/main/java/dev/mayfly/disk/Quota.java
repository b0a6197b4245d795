package dev.mayfly.disk;

/** What a file system uses of its limits. */
final class Quota {

    private final FileLimits limits;
    private final Storage storage;
    private long bytes;
    private int files;

    Quota(FileLimits limits, Storage storage) {
        this.limits = limits;
        this.storage = storage;
    }

    long bytes() {
        return bytes;
    }

    int files() {
        return files;
    }

    /** Whether as many bytes are left. */
    void requireLeft(long count) throws FileException {
        if (count > limits.bytes() - bytes) {
            throw FileException.of(FileError.NOSPC);
        }
    }

    void takeBytes(long count) throws FileException {
        requireLeft(count);
        if (!storage.take(count)) {
            throw FileException.of(FileError.NOSPC);
        }
        bytes += count;
    }

    void giveBytes(long count) {
        if (count > 0) {
            bytes -= count;
            storage.give(count);
        }
    }

    /** Takes a file with its bytes. */
    void takeFile(long count) throws FileException {
        if (files >= limits.files()) {
            throw FileException.of(FileError.DQUOT);
        }
        takeBytes(count);
        files++;
    }

    void giveFile(long count) {
        giveBytes(count);
        files--;
    }
}

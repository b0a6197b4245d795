package dev.mayfly.nativeaccess;

/**
 * Whole pages of an open file.
 *
 * @param offset from the file's beginning, in bytes
 * @param bytes how many; what lies behind the file's end cannot be accessed
 */
public record FileRange(Descriptor file, long offset, long bytes) {
    public FileRange {
        if (offset < 0 || bytes <= 0 || offset > Long.MAX_VALUE - bytes || (offset | bytes) % Mapping.PAGE != 0) {
            throw new IllegalArgumentException(bytes + " bytes at " + offset + " are not pages of " + file);
        }
    }
}

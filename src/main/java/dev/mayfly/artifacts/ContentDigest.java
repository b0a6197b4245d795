package dev.mayfly.artifacts;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The identity of a module, a disk or other content: the SHA-256 of its bytes.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record ContentDigest(String hex) {

    private static final String PREFIX = "sha256:";
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public ContentDigest {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a SHA-256 digest");
        }
    }

    /**
     * Reads the form that {@link #toString} writes.
     *
     * @throws IllegalArgumentException if it is not of that form
     */
    public static ContentDigest parse(String text) {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("not a SHA-256 digest");
        }
        return new ContentDigest(text.substring(PREFIX.length()).toLowerCase(Locale.ROOT));
    }

    /** For example {@code sha256:9f86d0...}. */
    @Override
    public String toString() {
        return PREFIX + hex;
    }
}

package dev.mayfly.cluster;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What of a request's content is signed.
 *
 * @param text 64 lower-case hexadecimal digits of a SHA-256, or {@code -} for none
 */
public record ContentHash(String text) {

    private static final Pattern FORM = Pattern.compile("-|[0-9a-f]{64}");

    /** For requests without content, and for content that is not known when they are signed. */
    public static final ContentHash NONE = new ContentHash("-");

    public ContentHash {
        if (!FORM.matcher(text).matches()) {
            throw new IllegalArgumentException("no SHA-256");
        }
    }

    /** The hash of some bytes. */
    public static ContentHash of(byte[] content) {
        try {
            return new ContentHash(HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(content)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return text;
    }
}

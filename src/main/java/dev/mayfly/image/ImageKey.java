package dev.mayfly.image;

import dev.mayfly.compiler.x64.CpuFeatures;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * All that an image depends on, together with the version of the compiler and of the format.
 *
 * @param module the SHA-256 of the module's binary, as 64 hexadecimal digits in lower case
 * @param features of the processor that it was compiled for
 * @param tableElements see {@link ImageLimits}
 */
public record ImageKey(String module, CpuFeatures features, long tableElements) {

    static final String SUFFIX = ".image";

    /** Of a fingerprint, in characters. */
    static final int FINGERPRINT_LENGTH = 64;

    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");
    private static final int NAME_DIGITS = 16;

    public ImageKey {
        if (!DIGEST.matcher(module).matches()) {
            throw new IllegalArgumentException("not a SHA-256: " + module);
        }
    }

    /** Another one for another image: hexadecimal digits. */
    String fingerprint() {
        String text = "format " + ImageHeader.FORMAT + ", code " + CodeVersion.CURRENT + ", " + features
                + ", tables of " + tableElements + ", module " + module;
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }

    /** The module's digest first, for people who look into the directory. */
    String fileName() {
        return module + '-' + fingerprint().substring(0, NAME_DIGITS) + SUFFIX;
    }
}

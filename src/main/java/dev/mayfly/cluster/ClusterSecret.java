package dev.mayfly.cluster;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** The secret of a cluster, as the key of HMAC-SHA256. Thread-safe. */
public final class ClusterSecret {

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKey key;

    private ClusterSecret(SecretKey key) {
        this.key = key;
    }

    /** The key that a text is. */
    public static ClusterSecret of(String text) {
        return new ClusterSecret(new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), ALGORITHM));
    }

    /** The signature of some lines, in hexadecimal. No line may hold a line break. */
    String sign(String... lines) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return HexFormat.of().formatHex(mac.doFinal(String.join("\n", lines).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    /** Whether a signature is that of some lines. Takes the same time wherever it differs. */
    boolean verify(String signature, String... lines) {
        return MessageDigest.isEqual(
                signature.getBytes(StandardCharsets.UTF_8), sign(lines).getBytes(StandardCharsets.UTF_8));
    }
}

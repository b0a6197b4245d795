package dev.mayfly.callbacks;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/** Signs what is delivered as Standard Webhooks says: HMAC-SHA256 over id, time and body, once for each secret. */
final class Signer {

    private static final String PREFIX = "whsec_";
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MIN_BYTES = 24;
    private static final int MAX_BYTES = 64;

    private final List<SecretKey> keys;

    /**
     * A signer.
     *
     * @param secrets as {@code whsec_} and Base64
     * @throws IllegalArgumentException if one is not of that form
     */
    Signer(List<String> secrets) {
        this.keys = secrets.stream().map(Signer::key).toList();
    }

    private static SecretKey key(String secret) {
        byte[] bytes = secret.startsWith(PREFIX) ? decode(secret.substring(PREFIX.length())) : new byte[0];
        if (bytes.length < MIN_BYTES || bytes.length > MAX_BYTES) {
            throw new IllegalArgumentException("mayfly.callbacks.secret must be 'whsec_' and the Base64 of " + MIN_BYTES
                    + " to " + MAX_BYTES + " bytes");
        }
        return new SecretKeySpec(bytes, ALGORITHM);
    }

    private static byte[] decode(String base64) {
        try {
            return Base64.getDecoder().decode(base64);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }

    /** The value of {@code webhook-signature}. */
    String sign(String id, Instant time, byte[] body) {
        return keys.stream().map(key -> "v1," + mac(key, id, time, body)).collect(Collectors.joining(" "));
    }

    private static String mac(SecretKey key, String id, Instant time, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update((id + "." + time.getEpochSecond() + ".").getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e); // every Java has it
        }
    }
}

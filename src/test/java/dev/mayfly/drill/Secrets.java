package dev.mayfly.drill;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * What the processes of one cluster, and its clients, have to know.
 *
 * @param apiKey of the drill's own requests
 * @param cluster what control planes and workers share
 */
record Secrets(String apiKey, String cluster) {

    static Secrets random() {
        return new Secrets(token(), token());
    }

    /** What a node is told of the API key. */
    String apiKeyHash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(apiKey.getBytes(StandardCharsets.UTF_8));
            return "sha256:" + HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String token() {
        byte[] bytes = new byte[32];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}

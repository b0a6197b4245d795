package dev.mayfly.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * The API keys that are accepted, known by their SHA-256 only.
 *
 * <p>A slow password hash would protect nothing here, because a key is 256 random bits and nobody guesses those from a
 * digest, and it would cost every request tens of milliseconds.
 */
@Component
class ApiKeys {

    private static final String PREFIX = "sha256:";

    private final List<HashedKey> keys;

    ApiKeys(AccessProperties properties) {
        this.keys = properties.keys().stream()
                .map(key -> new HashedKey(
                        new KeyHolder(key.name(), key.maxConcurrency()),
                        HexFormat.of().parseHex(key.hash().substring(PREFIX.length()))))
                .toList();
    }

    /** Whether calls need a key at all. */
    boolean configured() {
        return !keys.isEmpty();
    }

    /** A key's holder, if the key is one of ours. Takes the same time whichever it is. */
    Optional<KeyHolder> holderOf(String presented) {
        byte[] digest = sha256(presented);
        Optional<KeyHolder> holder = Optional.empty();
        for (HashedKey key : keys) {
            if (MessageDigest.isEqual(key.digest(), digest)) {
                holder = Optional.of(key.holder());
            }
        }
        return holder;
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by content, in constant time, in one place
    private record HashedKey(KeyHolder holder, byte[] digest) {}
}

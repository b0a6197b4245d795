package dev.mayfly.cluster;

import java.util.Optional;

/**
 * What of an answer is signed.
 *
 * @param status of HTTP
 * @param refusal the value of {@link ClusterHeaders#REFUSAL}, if there is one
 * @param load the value of {@link ClusterHeaders#LOAD}, if there is one
 */
public record AnswerHead(int status, Optional<String> refusal, Optional<String> load) {

    private static final String NONE = "-";

    /** The signature, as the answer to the request of that nonce. */
    String signature(ClusterSecret secret, String nonce) {
        return secret.sign(lines(nonce));
    }

    boolean isSignedBy(ClusterSecret secret, String nonce, String signature) {
        return secret.verify(signature, lines(nonce));
    }

    private String[] lines(String nonce) {
        return new String[] {"answer", nonce, Integer.toString(status), refusal.orElse(NONE), load.orElse(NONE)};
    }
}

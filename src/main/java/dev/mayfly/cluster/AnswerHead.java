package dev.mayfly.cluster;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * What of an answer is signed.
 *
 * @param status of HTTP
 * @param refusal the value of {@link ClusterHeaders#REFUSAL}, if there is one
 * @param load the value of {@link ClusterHeaders#LOAD}, if there is one
 * @param missing the value of {@link ClusterHeaders#MISSING}, if there is one
 */
public record AnswerHead(int status, Optional<String> refusal, Optional<String> load, Optional<String> missing) {

    private static final String NONE = "-";

    /** An answer by which nothing is missing. */
    public AnswerHead(int status, Optional<String> refusal, Optional<String> load) {
        this(status, refusal, load, Optional.empty());
    }

    /** The signature, as the answer to the request of that nonce. */
    String signature(ClusterSecret secret, String nonce) {
        return secret.sign(lines(nonce));
    }

    boolean isSignedBy(ClusterSecret secret, String nonce, String signature) {
        return secret.verify(signature, lines(nonce));
    }

    private String[] lines(String nonce) {
        Stream<String> lines =
                Stream.of("answer", nonce, Integer.toString(status), refusal.orElse(NONE), load.orElse(NONE));
        return Stream.concat(lines, missing.stream()).toArray(String[]::new);
    }
}

package dev.mayfly.cluster;

import org.jspecify.annotations.Nullable;

/** A request that was signed. */
public final class SignedRequest {

    private final String authorization;
    private final String nonce;
    private final ClusterSecret secret;

    SignedRequest(String authorization, String nonce, ClusterSecret secret) {
        this.authorization = authorization;
        this.nonce = nonce;
        this.secret = secret;
    }

    /** The value of {@link ClusterHeaders#AUTHORIZATION}. */
    public String authorization() {
        return authorization;
    }

    /**
     * Whether an answer is to this request and from one who knows the secret.
     *
     * @param signature the value of {@link ClusterHeaders#ANSWER}
     */
    public boolean isAnsweredBy(AnswerHead answer, @Nullable String signature) {
        return signature != null && answer.isSignedBy(secret, nonce, signature);
    }
}

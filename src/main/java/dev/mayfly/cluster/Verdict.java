package dev.mayfly.cluster;

import java.util.Optional;
import java.util.UUID;

/** What a {@link RequestVerifier} makes of a request. */
public sealed interface Verdict {

    /** It is let in. */
    final class Accepted implements Verdict {

        private final RequestHead head;
        private final ClusterSecret secret;

        Accepted(RequestHead head, ClusterSecret secret) {
            this.head = head;
            this.secret = secret;
        }

        /** The process that it is for, if it says so. */
        public Optional<UUID> receiver() {
            return head.receiver();
        }

        /** What its content must be. */
        public ContentHash content() {
            return head.content();
        }

        /** The value of {@link ClusterHeaders#ANSWER} for an answer to it. */
        public String sign(AnswerHead answer) {
            return answer.signature(secret, head.nonce());
        }
    }

    /** Why it is not let in. */
    enum Refused implements Verdict {
        NOT_SIGNED,
        WRONG_SIGNATURE,
        CLOCKS_APART,
        SEEN_BEFORE
    }
}

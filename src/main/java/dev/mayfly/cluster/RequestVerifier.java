package dev.mayfly.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Lets requests in that one who knows the secret has just signed, each once. Thread-safe. */
public final class RequestVerifier {

    /** How far the clocks of two processes may be apart, the time that a request is on its way included. */
    public static final Duration WINDOW = Duration.ofSeconds(30);

    private final ClusterSecret secret;
    private final InstantSource time;
    private final ReplayGuard replays = new ReplayGuard(WINDOW.multipliedBy(3));

    public RequestVerifier(ClusterSecret secret, InstantSource time) {
        this.secret = secret;
        this.time = time;
    }

    /**
     * Looks at a request.
     *
     * @param path with its query, as it was sent
     * @param authorization the value of {@link ClusterHeaders#AUTHORIZATION}
     */
    public Verdict verify(String method, String path, @Nullable String authorization) {
        Optional<RequestHead.Signed> parsed = RequestHead.parse(authorization);
        if (parsed.isEmpty()) {
            return Verdict.Refused.NOT_SIGNED;
        }
        RequestHead head = parsed.get().head();
        if (!secret.verify(parsed.get().signature(), method, path, head.text())) {
            return Verdict.Refused.WRONG_SIGNATURE;
        }
        if (!isRecent(head.time())) {
            return Verdict.Refused.CLOCKS_APART;
        }
        return replays.isFirst(head) ? new Verdict.Accepted(head, secret) : Verdict.Refused.SEEN_BEFORE;
    }

    private boolean isRecent(Instant signed) {
        return Duration.between(signed, time.instant()).abs().compareTo(WINDOW) <= 0;
    }
}

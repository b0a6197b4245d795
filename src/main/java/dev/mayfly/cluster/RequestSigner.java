package dev.mayfly.cluster;

import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Signs the requests of one process, and knows the answers to them. Thread-safe. */
public final class RequestSigner {

    private final ClusterSecret secret;
    private final InstantSource time;
    private final UUID sender = UUID.randomUUID();
    private final AtomicLong requests = new AtomicLong();

    public RequestSigner(ClusterSecret secret, InstantSource time) {
        this.secret = secret;
        this.time = time;
    }

    /**
     * Signs a request that is sent at once.
     *
     * @param path with its query, as it is sent
     * @param receiver the {@link WorkerStatus#instance process} it is for; empty only where that is asked for
     * @param content of the request, as far as it is signed
     */
    public SignedRequest sign(String method, String path, Optional<UUID> receiver, ContentHash content) {
        RequestHead head = new RequestHead(time.instant(), sender, requests.incrementAndGet(), receiver, content);
        String text = head.text();
        return new SignedRequest(text + " " + secret.sign(method, path, text), head.nonce(), secret);
    }
}

package dev.mayfly.callbacks;

import java.net.URI;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;

/** Makes one attempt to deliver a result. */
final class Attempts {

    private final AllowList allowed;
    private final Function<UUID, Optional<byte[]>> results;
    private final Signer signer;
    private final CallbackClient client;
    private final InstantSource time;

    Attempts(
            AllowList allowed,
            Function<UUID, Optional<byte[]>> results,
            Signer signer,
            CallbackClient client,
            InstantSource time) {
        this.allowed = allowed;
        this.results = results;
        this.signer = signer;
        this.client = client;
        this.time = time;
    }

    AttemptOutcome make(Delivery delivery) {
        URI url = delivery.url();
        if (CallbackAddress.fault(url).isPresent() || !allowed.allows(url)) {
            return AttemptOutcome.hopeless("not-allowed"); // any more
        }
        return results.apply(delivery.invocation())
                .map(body -> client.post(url, body, headers(delivery, body)))
                .orElseGet(() -> AttemptOutcome.hopeless("no-result"));
    }

    private Map<String, String> headers(Delivery delivery, byte[] body) {
        String id = "msg_" + delivery.id();
        Instant now = time.instant();
        return Map.of(
                "Mayfly-Invocation-Id", delivery.invocation().toString(),
                "webhook-id", id,
                "webhook-timestamp", String.valueOf(now.getEpochSecond()),
                "webhook-signature", signer.sign(id, now, body));
    }
}

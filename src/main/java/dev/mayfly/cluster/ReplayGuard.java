package dev.mayfly.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.UUID;

/**
 * Knows which requests were there before. Of each sender it remembers which of its last numbers were used, so that it takes the
 * same memory however many requests come; a sender that is silent for longer than its requests are valid is forgotten. Only
 * senders that know the secret get here. Thread-safe.
 */
final class ReplayGuard {

    private static final int MOST_SENDERS = 1000;

    private final Cache<UUID, ReplayWindow> senders;

    /**
     * A guard that has seen nothing.
     *
     * @param memory how long a silent sender is remembered: longer than any request of it can be valid
     */
    ReplayGuard(Duration memory) {
        senders = Caffeine.newBuilder()
                .expireAfterAccess(memory)
                .maximumSize(MOST_SENDERS)
                .build();
    }

    /** Whether a request is here for the first time. One that came after thousands of later ones counts as seen. */
    boolean isFirst(RequestHead head) {
        return senders.get(head.sender(), sender -> new ReplayWindow()).use(head.number());
    }
}

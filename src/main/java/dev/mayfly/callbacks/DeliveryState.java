package dev.mayfly.callbacks;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Where a delivery has got to.
 *
 * @param state {@code pending}, {@code delivered} or {@code abandoned}
 * @param due when it is tried next, or taken for lost while it is being tried; null once it has ended
 * @param lastStatus the status that the last attempt was answered with; null if there was no answer
 * @param lastError what went wrong with the last attempt; null if nothing did
 */
record DeliveryState(
        UUID id,
        String url,
        String state,
        int attempts,
        @Nullable Instant due,
        @Nullable Integer lastStatus,
        @Nullable String lastError,
        Instant created,
        @Nullable Instant ended) {}

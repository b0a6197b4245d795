package dev.mayfly.placement;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A worker, for users.
 *
 * @param name what it calls itself
 * @param address where it is reached
 * @param state {@code up}, {@code suspect}, {@code draining} or {@code down}
 * @param slots how many instances it runs at once at most
 * @param inUse how many it ran when it last said so
 * @param queued how many waited there
 * @param engine that runs most of its instances
 * @param software its version
 * @param modules how many modules it is known to have
 * @param disks how many disks it is known to have
 * @param lastSeen when it last answered a heartbeat
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record WorkerView(
        @Nullable String name,
        String address,
        String state,
        int slots,
        int inUse,
        int queued,
        @Nullable String engine,
        @Nullable String software,
        int modules,
        int disks,
        @Nullable Instant lastSeen) {}

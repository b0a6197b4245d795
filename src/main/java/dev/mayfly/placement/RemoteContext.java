package dev.mayfly.placement;

import dev.mayfly.archives.IncomingArchives;
import dev.mayfly.cluster.OrderCodec;
import dev.mayfly.scheduling.NanoClock;

/**
 * What running on workers needs.
 *
 * @param membership the workers
 * @param placement chooses one
 * @param client speaks to it
 * @param pushes gives it modules and disks
 * @param needs says which
 * @param archives receives what instances left
 * @param codec of orders
 * @param busy pauses while all workers are busy
 * @param metrics counts
 */
record RemoteContext(
        Membership membership,
        Placement placement,
        WorkerClient client,
        ContentPushes pushes,
        NeedsOfVersions needs,
        IncomingArchives archives,
        OrderCodec codec,
        Backoff busy,
        PlacementMetrics metrics,
        PlacementProperties properties,
        NanoClock clock) {}

package dev.mayfly.placement;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether there is a worker. No reason not to send requests to this control plane: another one finds no more workers, and
 * functions can be published, and invoked asynchronously, without any.
 */
final class WorkersHealthIndicator extends AbstractHealthIndicator {

    private final Membership membership;

    WorkersHealthIndicator(Membership membership) {
        this.membership = membership;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        long up = membership.count(WorkerState.UP);
        (up > 0 ? health.up() : health.outOfService())
                .withDetail("up", up)
                .withDetail("suspect", membership.count(WorkerState.SUSPECT))
                .withDetail("draining", membership.count(WorkerState.DRAINING))
                .withDetail("down", membership.count(WorkerState.DOWN))
                .withDetail("slots", membership.slots());
    }
}

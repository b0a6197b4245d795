package dev.mayfly.scheduling;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * Whether invocations can be admitted. A full queue is no reason to send everybody elsewhere: clients are told when to
 * come back, and under an overload of all processes there would be no elsewhere.
 */
final class SlotsHealthIndicator extends AbstractHealthIndicator {

    private final Scheduler scheduler;

    SlotsHealthIndicator(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    protected void doHealthCheck(Health.Builder health) {
        (scheduler.isDraining() ? health.outOfService() : health.up())
                .withDetail("slots", scheduler.limits().slots())
                .withDetail("slotsInUse", scheduler.slotsInUse())
                .withDetail("blocked", scheduler.blocked())
                .withDetail("queueCapacity", scheduler.limits().queueCapacity())
                .withDetail("queueLength", scheduler.queueLength());
    }
}

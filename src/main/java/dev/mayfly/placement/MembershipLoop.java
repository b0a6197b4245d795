package dev.mayfly.placement;

import java.time.Duration;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Keeps a {@link Membership} alive, and tells how many slots its workers have. While there are no workers it tells
 * nothing: what is waiting then is soon answered, by {@link RemoteExecutor}, or by workers that come back.
 */
final class MembershipLoop implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(MembershipLoop.class);
    private static final Duration TICK = Duration.ofMillis(50);

    private final Membership membership;
    private final Discovery discovery;
    private final Duration discoveryInterval;
    private final IntConsumer slots;
    private final Thread ticking = Thread.ofVirtual().name("cluster-membership").unstarted(this::tickForever);
    private final Thread discovering =
            Thread.ofVirtual().name("cluster-discovery").unstarted(this::discoverForever);

    /**
     * A loop that does not run yet.
     *
     * @param slots is told how many there are
     */
    MembershipLoop(Membership membership, Discovery discovery, Duration discoveryInterval, IntConsumer slots) {
        this.membership = membership;
        this.discovery = discovery;
        this.discoveryInterval = discoveryInterval;
        this.slots = slots;
    }

    private void tickForever() {
        repeat(TICK, () -> {
            membership.tick();
            int known = membership.slots();
            if (known > 0) {
                slots.accept(known);
            }
        });
    }

    /** On a thread of its own: looking up a name may take long. */
    private void discoverForever() {
        repeat(discoveryInterval, () -> membership.discovered(discovery.addresses()));
    }

    private static void repeat(Duration pause, Runnable round) {
        try {
            while (true) {
                runSafely(round);
                Thread.sleep(pause);
            }
        } catch (InterruptedException stopped) {
            // The application stops.
        }
    }

    private static void runSafely(Runnable round) {
        try {
            round.run();
        } catch (RuntimeException e) {
            LOG.error("A look at the workers failed", e);
        }
    }

    @Override
    public void start() {
        discovering.start();
        ticking.start();
    }

    @Override
    public void stop() {
        discovering.interrupt();
        ticking.interrupt();
    }

    @Override
    public boolean isRunning() {
        return ticking.isAlive();
    }

    /** Before the web server takes requests, and until after the last of them is answered. */
    @Override
    public int getPhase() {
        return 0;
    }
}

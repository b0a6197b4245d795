package dev.mayfly.asynchronous.dispatch;

import dev.mayfly.asynchronous.queue.Claim;
import dev.mayfly.asynchronous.queue.Leases;
import dev.mayfly.invocations.Invoker;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Keeps the leases of this process, and ends the attempts whose lease was lost or whose invocation was cancelled elsewhere. */
final class LeaseKeeper {

    private static final Logger LOG = LoggerFactory.getLogger(LeaseKeeper.class);
    private static final Duration LOOK = Duration.ofMillis(500);

    private final String owner;
    private final Leases leases;
    private final InFlight inFlight;
    private final Invoker invoker;
    private final Duration renewInterval;
    private final Thread thread = Thread.ofVirtual().name("async-leases").unstarted(this::keepForever);

    LeaseKeeper(String owner, Leases leases, InFlight inFlight, Invoker invoker, Duration renewInterval) {
        this.owner = owner;
        this.leases = leases;
        this.inFlight = inFlight;
        this.invoker = invoker;
        this.renewInterval = renewInterval;
    }

    void start() {
        thread.start();
    }

    void stop() {
        thread.interrupt();
    }

    private void keepForever() {
        long renewed = System.nanoTime();
        try {
            while (true) {
                Thread.sleep(LOOK);
                boolean due = System.nanoTime() - renewed >= renewInterval.toNanos();
                if (keep(due) && due) {
                    renewed = System.nanoTime();
                }
            }
        } catch (InterruptedException stopped) {
            // The application stops.
        }
    }

    private boolean keep(boolean renewing) {
        Collection<Attempt> attempts = inFlight.attempts();
        try {
            List<Claim> claims = attempts.stream().map(Attempt::claim).toList();
            if (renewing) {
                leases.renew(owner, claims);
            }
            endWhatIsLost(attempts, leases.look(claims));
            return true;
        } catch (DataAccessException | TransactionException e) {
            LOG.debug("Leases could not be looked after", e);
            return false;
        }
    }

    private void endWhatIsLost(Collection<Attempt> attempts, Map<Claim, Leases.Standing> standings) {
        Map<Claim, Attempt> byClaim = attempts.stream().collect(Collectors.toMap(Attempt::claim, Function.identity()));
        standings.forEach((claim, standing) -> {
            Attempt attempt = byClaim.get(claim);
            if (standing != Leases.Standing.HELD && attempt != null) {
                attempt.cancel(invoker);
            }
        });
    }
}

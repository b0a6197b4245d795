package dev.mayfly.asynchronous.dispatch;

import dev.mayfly.asynchronous.queue.DeadLetters;
import dev.mayfly.asynchronous.queue.Depths;
import dev.mayfly.asynchronous.queue.Lines;
import dev.mayfly.asynchronous.queue.Retention;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** What has to be done from time to time, on one thread. */
final class Housekeeper {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeper.class);
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final Duration GAUGES = Duration.ofSeconds(5);

    private final List<Chore> chores = new ArrayList<>();
    private final InstantSource time;
    private final Thread thread = Thread.ofVirtual().name("async-housekeeping").unstarted(this::keepForever);
    private volatile Optional<Instant> oldest = Optional.empty();
    private volatile long deadLetters;

    Housekeeper(
            Depths depths, Lines lines, DeadLetters letters, Retention retention, Duration trim, InstantSource time) {
        this.time = time;
        chores.add(new Chore(TICK, depths::exchange));
        chores.add(new Chore(GAUGES, () -> {
            oldest = depths.oldest();
            deadLetters = letters.count();
        }));
        chores.add(new Chore(Duration.ofSeconds(Lines.SWEEP_SECONDS), () -> {
            lines.wakeForgotten();
            depths.recount();
        }));
        chores.add(new Chore(trim, retention::trim));
    }

    void start() {
        thread.start();
    }

    void stop() {
        thread.interrupt();
    }

    /** How long the invocation has been due that has been due for longest, in seconds. */
    double oldestAgeSeconds() {
        return oldest.map(due -> Duration.between(due, time.instant()))
                .filter(Duration::isPositive)
                .map(age -> age.toMillis() / 1000.0)
                .orElse(0.0);
    }

    double deadLetters() {
        return deadLetters;
    }

    private void keepForever() {
        try {
            while (true) {
                chores.forEach(Chore::runIfDue);
                Thread.sleep(TICK);
            }
        } catch (InterruptedException stopped) {
            // The application stops.
        }
    }

    private static final class Chore {

        private final Duration interval;
        private final Runnable work;
        private long last = System.nanoTime();

        Chore(Duration interval, Runnable work) {
            this.interval = interval;
            this.work = work;
        }

        void runIfDue() {
            if (System.nanoTime() - last < interval.toNanos()) {
                return;
            }
            last = System.nanoTime();
            try {
                work.run();
            } catch (DataAccessException | TransactionException e) {
                LOG.warn("Looking after asynchronous invocations failed, and will be tried again: {}", e.getMessage());
            }
        }
    }
}

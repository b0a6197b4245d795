package dev.mayfly.invocations.records;

import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Deletes records that are too old or too many, in the background and a few at a time. */
final class RecordTrimmer implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RecordTrimmer.class);
    private static final int BATCH = 1000;

    private final InvocationRepository repository;
    private final RecordProperties.Retention retention;
    private final InstantSource time;
    private final Thread thread =
            Thread.ofVirtual().name("invocation-retention").unstarted(this::trimForever);

    RecordTrimmer(InvocationRepository repository, RecordProperties.Retention retention, InstantSource time) {
        this.repository = repository;
        this.retention = retention;
        this.time = time;
    }

    private void trimForever() {
        try {
            while (true) {
                Thread.sleep(retention.interval());
                tryTrim();
            }
        } catch (InterruptedException stopped) {
            // The application stops.
        }
    }

    private void tryTrim() {
        try {
            trim();
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("Old records of invocations could not be deleted", e);
        }
    }

    /** Deletes what is not to be kept now. */
    void trim() {
        Instant oldest = time.instant().minus(retention.age());
        deleteBefore(InvocationIds.lowest(oldest));
        repository.oldestOfNewest(retention.count()).ifPresent(this::deleteBefore);
    }

    private void deleteBefore(UUID id) {
        int deleted = BATCH;
        while (deleted == BATCH && !Thread.currentThread().isInterrupted()) {
            deleted = repository.deleteBefore(id, BATCH);
        }
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        thread.interrupt();
    }

    @Override
    public boolean isRunning() {
        return thread.isAlive();
    }

    @Override
    public int getPhase() {
        return 0;
    }
}

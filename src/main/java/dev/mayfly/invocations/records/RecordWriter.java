package dev.mayfly.invocations.records;

import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.transaction.TransactionException;

/** Writes the buffered records in batches, on one thread, and what is left of them when the application stops. */
final class RecordWriter implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(RecordWriter.class);

    private final RecordBuffer buffer;
    private final Consumer<List<InvocationRecord>> database;
    private final RecordProperties properties;
    private final Thread thread =
            Thread.ofPlatform().name("invocation-records").daemon().unstarted(this::writeAll);

    /**
     * A writer.
     *
     * @param database takes all of a batch, or throws and takes none
     */
    RecordWriter(RecordBuffer buffer, Consumer<List<InvocationRecord>> database, RecordProperties properties) {
        this.buffer = buffer;
        this.database = database;
        this.properties = properties;
    }

    private void writeAll() {
        try {
            List<InvocationRecord> batch = buffer.await(properties.batch());
            while (!batch.isEmpty()) {
                boolean written = write(batch);
                if (!written && buffer.isClosed()) {
                    buffer.drop(batch);
                }
                if (!written || batch.size() < properties.batch()) {
                    buffer.linger(properties.writeInterval());
                }
                batch = buffer.await(properties.batch());
            }
        } catch (InterruptedException e) {
            LOG.warn("{} records of invocations were not written", buffer.size());
        }
    }

    /** Writes a batch, at the second try each record by itself, so that one that is refused does not hold up the others. */
    private boolean write(List<InvocationRecord> batch) {
        try {
            database.accept(batch);
            buffer.remove(batch);
            return true;
        } catch (DataAccessException | TransactionException e) {
            if (isRefusal(e)) {
                batch.forEach(this::writeSingly);
                return true;
            }
            LOG.warn("Records of invocations could not be written yet", e);
            return false;
        }
    }

    /** Whether trying again is of no use. A lost connection is not transient to Spring, but it is. */
    private static boolean isRefusal(RuntimeException e) {
        return e instanceof NonTransientDataAccessException && !(e instanceof NonTransientDataAccessResourceException);
    }

    private void writeSingly(InvocationRecord invocation) {
        List<InvocationRecord> single = List.of(invocation);
        try {
            database.accept(single);
            buffer.remove(single);
        } catch (DataAccessException | TransactionException e) {
            LOG.error("The record of invocation {} cannot be written", invocation.id(), e);
            buffer.drop(single);
        }
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        buffer.close();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return thread.isAlive();
    }

    /** Stops after the web server and the scheduler, when no more records come. */
    @Override
    public int getPhase() {
        return 0;
    }
}

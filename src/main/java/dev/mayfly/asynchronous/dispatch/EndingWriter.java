package dev.mayfly.asynchronous.dispatch;

import dev.mayfly.asynchronous.queue.Ending;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.NonTransientDataAccessException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.transaction.TransactionException;

/**
 * Writes the ends of attempts, many in one transaction. While the database cannot be reached they stay here, which is
 * bounded because an attempt counts as in flight until its end is written.
 */
final class EndingWriter {

    private static final Logger LOG = LoggerFactory.getLogger(EndingWriter.class);
    private static final int BATCH = 64;
    private static final Duration PAUSE = Duration.ofMillis(500);

    /** Is told of each ending when it is written, or known never to be. */
    interface Listener {

        void written(Ending ending);

        /** Its lease was lost, or the database will not have it. */
        void discarded(Ending ending);
    }

    /** Where ends are written. */
    interface Store {

        /** Writes all, or throws and writes none; returns those whose lease was held. */
        List<Ending> write(List<Ending> endings);

        /** Sees to it that another attempt is made when it is due. */
        void wake(Ending.Again again);
    }

    private final Store store;
    private final Listener listener;
    private final BlockingQueue<Ending> queue = new LinkedBlockingQueue<>();
    private final Thread thread = Thread.ofVirtual().name("async-endings").unstarted(this::writeForever);

    EndingWriter(Store store, Listener listener) {
        this.store = store;
        this.listener = listener;
    }

    void start() {
        thread.start();
    }

    void stop() {
        thread.interrupt();
    }

    void add(Ending ending) {
        queue.add(ending);
    }

    private void writeForever() {
        try {
            while (true) {
                List<Ending> batch = new ArrayList<>();
                batch.add(queue.take());
                queue.drainTo(batch, BATCH - 1);
                writeUntilDone(batch);
            }
        } catch (InterruptedException stopped) {
            if (!queue.isEmpty()) {
                LOG.warn("The ends of {} asynchronous invocations were not written; they will run again", queue.size());
            }
        }
    }

    private void writeUntilDone(List<Ending> batch) throws InterruptedException {
        while (!tryWrite(batch)) {
            Thread.sleep(PAUSE);
        }
    }

    /** Whether there is nothing more to do about a batch. */
    private boolean tryWrite(List<Ending> batch) {
        try {
            write(batch);
            return true;
        } catch (DataAccessException | TransactionException e) {
            if (isRefusal(e)) {
                // One that is refused must not hold up the others.
                batch.forEach(this::writeSingly);
                return true;
            }
            LOG.warn(
                    "The ends of {} asynchronous invocations could not be written yet: {}",
                    batch.size(),
                    e.getMessage());
            return false;
        }
    }

    private void writeSingly(Ending ending) {
        try {
            write(List.of(ending));
        } catch (DataAccessException | TransactionException e) {
            LOG.error(
                    "The end of asynchronous invocation {} cannot be written",
                    ending.claim().id(),
                    e);
            listener.discarded(ending);
        }
    }

    private static boolean isRefusal(RuntimeException e) {
        return e instanceof NonTransientDataAccessException && !(e instanceof NonTransientDataAccessResourceException);
    }

    private void write(List<Ending> batch) {
        Set<Ending> written = Collections.newSetFromMap(new IdentityHashMap<>());
        written.addAll(store.write(batch));
        for (Ending ending : batch) {
            if (written.contains(ending)) {
                listener.written(ending);
            } else {
                listener.discarded(ending);
            }
        }
        for (Ending ending : written) {
            if (ending instanceof Ending.Again again) {
                wake(again);
            }
        }
    }

    /** Behind the transaction: within it, it would wait for a claim that waits for it. */
    private void wake(Ending.Again again) {
        try {
            store.wake(again);
        } catch (DataAccessException | TransactionException e) {
            LOG.debug(
                    "The line of {} was not woken; it will be found",
                    again.claim().function(),
                    e);
        }
    }
}

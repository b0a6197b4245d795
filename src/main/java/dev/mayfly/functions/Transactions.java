package dev.mayfly.functions;

import java.time.Duration;
import java.util.function.Supplier;
import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs changes in transactions, and runs them anew when they collide with another one: when both make the same function
 * or module, when a lock is not to be had, when the database breaks a deadlock.
 */
@Component
public class Transactions {

    private static final int MAX_RETRIES = 10;

    private final TransactionTemplate writing;
    private final TransactionTemplate reading;
    private final RetryTemplate retries;

    Transactions(PlatformTransactionManager manager) {
        this.writing = new TransactionTemplate(manager);
        this.reading = new TransactionTemplate(manager);
        this.reading.setReadOnly(true);
        this.retries = new RetryTemplate(RetryPolicy.builder()
                .includes(ConcurrencyFailureException.class, DataIntegrityViolationException.class)
                .maxRetries(MAX_RETRIES)
                .delay(Duration.ofMillis(10))
                .multiplier(2)
                .jitter(Duration.ofMillis(10))
                .maxDelay(Duration.ofMillis(500))
                .build());
    }

    /** Makes a change; {@code change} may run several times, each time as if it had not before. */
    public <T> T change(Supplier<T> change) {
        return retries.invoke(() -> writing.execute(status -> change.get()));
    }

    /** Reads, in one transaction. */
    public <T> T read(Supplier<T> query) {
        return reading.execute(status -> query.get());
    }
}

package dev.mayfly.asynchronous.queue;

import dev.mayfly.asynchronous.AsynchronousInvocation;
import dev.mayfly.asynchronous.AsynchronousInvocations;
import dev.mayfly.asynchronous.Submission;
import dev.mayfly.invocations.records.InvocationIds;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Puts submissions into the queue, and takes them out again on demand. */
public final class Submitter implements AsynchronousInvocations {

    private final QueueTables tables;
    private final SubmissionRules rules;
    private final InvocationIds ids;
    private final InstantSource time;
    private final TransactionTemplate transactions;
    private final QueueEvents events;

    Submitter(
            QueueTables tables,
            SubmissionRules rules,
            InstantSource time,
            PlatformTransactionManager transactions,
            QueueEvents events) {
        this.tables = tables;
        this.rules = rules;
        this.ids = new InvocationIds(time);
        this.time = time;
        this.transactions = new TransactionTemplate(transactions);
        this.events = events;
    }

    @Override
    public UUID submit(Submission submission) {
        rules.check(submission);
        String key = submission.idempotencyKey();
        if (key == null) {
            return accept(submission);
        }
        String function = submission.function().value();
        String hash = RequestHash.of(submission);
        Optional<UUID> earlier = tables.keys().find(function, key, hash, time.instant());
        return earlier.orElseGet(() -> {
            try {
                return accept(submission, key, hash);
            } catch (DuplicateKeyException another) {
                // Another request with the key was faster, and is there now.
                return tables.keys().find(function, key, hash, time.instant()).orElseThrow(() -> another);
            }
        });
    }

    private UUID accept(Submission submission) {
        Accepted accepted = admit(submission);
        transactions.executeWithoutResult(_ -> insert(accepted));
        return accepted.id();
    }

    private UUID accept(Submission submission, String key, String hash) {
        Accepted accepted = admit(submission);
        transactions.executeWithoutResult(_ -> {
            tables.keys().insert(accepted, key, hash);
            insert(accepted);
        });
        return accepted.id();
    }

    private Accepted admit(Submission submission) {
        String function = submission.function().value();
        tables.depths().admit(function);
        tables.lines().ensure(function);
        Instant now = time.instant().truncatedTo(ChronoUnit.MICROS);
        Instant notBefore = submission.notBefore();
        return new Accepted(ids.next(), submission, now, notBefore != null && notBefore.isAfter(now) ? notBefore : now);
    }

    private void insert(Accepted accepted) {
        tables.invocations().insert(accepted);
        tables.queue().add(accepted.id(), accepted.submission().function().value(), accepted.due());
        afterCommit(() -> events.accepted(accepted.submission().function().value()));
    }

    /** The caller's transaction may be around ours. */
    private static void afterCommit(Runnable action) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                action.run();
            }
        });
    }

    @Override
    public Optional<AsynchronousInvocation> find(UUID id) {
        return tables.invocations().find(id, time.instant());
    }

    @Override
    public Cancellation cancel(UUID id) {
        Optional<AsynchronousInvocation> found = find(id);
        if (found.isEmpty()) {
            return Cancellation.UNKNOWN;
        }
        if (tables.endings().cancelWaiting(id)) {
            events.cancelled(id, found.get().function());
            return Cancellation.CANCELLED;
        }
        if (tables.queue().cancel(id)) {
            events.cancelRequested(id);
            return Cancellation.REQUESTED;
        }
        return Cancellation.ENDED;
    }
}

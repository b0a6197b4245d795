package dev.mayfly.invocations;

import dev.mayfly.functions.FunctionConfiguration;
import dev.mayfly.functions.ResolvedVersion;
import dev.mayfly.invocations.records.InvocationIds;
import dev.mayfly.invocations.records.InvocationOutcome;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.scheduling.Admission;
import dev.mayfly.scheduling.OverCapacityException;
import dev.mayfly.scheduling.Scheduler;
import dev.mayfly.scheduling.ShuttingDownException;
import java.time.Duration;
import java.util.UUID;

/** Has invocations run. */
public final class Invoker {

    private final Scheduler scheduler;
    private final InvocationIds ids;
    private final InvocationContext context;

    Invoker(Scheduler scheduler, InvocationIds ids, InvocationContext context) {
        this.scheduler = scheduler;
        this.ids = ids;
        this.context = context;
    }

    /**
     * Admits an invocation. It runs when it gets a slot.
     *
     * @throws OverCapacityException if too many wait
     * @throws ShuttingDownException if the platform is shutting down
     */
    public Invocation start(InvocationRequest request) throws OverCapacityException, ShuttingDownException {
        return start(ids.next(), request);
    }

    /**
     * Admits an invocation that has an id already.
     *
     * @throws OverCapacityException if too many wait
     * @throws ShuttingDownException if the platform is shutting down
     */
    public Invocation start(UUID id, InvocationRequest request) throws OverCapacityException, ShuttingDownException {
        Invocation invocation = new Invocation(id, request, context);
        invocation.admitted(scheduler.submit(admission(request), invocation));
        return invocation;
    }

    /** How long an invocation waits for a slot unless it asks for another time. */
    public Duration queueTimeout() {
        return scheduler.limits().queueTimeout();
    }

    private static Admission admission(InvocationRequest request) {
        ResolvedVersion version = request.version();
        FunctionConfiguration configuration = version.configuration();
        return new Admission(
                version.function().value(),
                configuration.weight(),
                configuration.maxConcurrency(),
                request.caller(),
                request.queueTimeout());
    }

    /**
     * Gives up waiting for a slot, if the invocation has waited for as long as it may.
     *
     * @throws OverCapacityException if it had
     */
    public void expire(Invocation invocation) throws OverCapacityException {
        scheduler.expire(invocation.ticket());
    }

    /** The refusal of an invocation that was dropped because it had waited too long. */
    public OverCapacityException expired(Invocation invocation) {
        return scheduler.expired(invocation.ticket());
    }

    /**
     * Takes an invocation back that waits for a slot.
     *
     * @return whether it did; it has ended, and nothing of it was run
     */
    public boolean withdraw(Invocation invocation) {
        boolean waited = scheduler.cancel(invocation.ticket());
        if (waited) {
            invocation.withdraw(Interruption.Reason.CANCELLED, InvocationOutcome.CANCELLED);
        }
        return waited;
    }

    /** Ends an invocation that nobody waits for any longer. */
    public void clientGone(Invocation invocation) {
        stop(invocation, Interruption.Reason.CLIENT_GONE, InvocationOutcome.CLIENT_GONE);
    }

    /** Ends an invocation whose input turned out to be larger than it may be. */
    public void inputTooLarge(Invocation invocation) {
        stop(invocation, Interruption.Reason.CANCELLED, InvocationOutcome.INPUT_TOO_LARGE);
    }

    /** Ends an invocation whose output is of no use. */
    public void cancel(Invocation invocation) {
        stop(invocation, Interruption.Reason.CANCELLED, InvocationOutcome.CANCELLED);
    }

    /** Ends an invocation whose deadline has passed but that has not stopped: its streams break. */
    public void abandon(Invocation invocation) {
        stop(invocation, Interruption.Reason.DEADLINE, InvocationOutcome.TIMED_OUT);
    }

    private void stop(Invocation invocation, Interruption.Reason why, InvocationOutcome outcome) {
        if (scheduler.cancel(invocation.ticket())) {
            invocation.withdraw(why, outcome);
        } else {
            invocation.stop(why, outcome);
        }
    }
}

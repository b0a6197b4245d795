package dev.mayfly.invocations;

import dev.mayfly.archives.ArchiveSummary;
import dev.mayfly.invocations.records.InvocationOutcome;
import dev.mayfly.invocations.streams.BytePipe;
import dev.mayfly.invocations.streams.GuestStdin;
import dev.mayfly.invocations.streams.TailBuffer;
import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.Execution;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.sandbox.Standby;
import dev.mayfly.scheduling.Job;
import dev.mayfly.scheduling.Ticket;
import dev.mayfly.wasm.ModuleException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One invocation, between the thread that asked for it and the slot that runs it. The asking thread waits on {@link
 * #output}, whose end means that {@link #result} is there; through the {@link
 * Invoker} it may give up at any time. Thread-safe.
 */
public final class Invocation implements Job {

    private static final Logger LOG = LoggerFactory.getLogger(Invocation.class);

    private final UUID id;
    private final InvocationRequest request;
    private final Instant received;
    private final long submittedNanos;
    private final InvocationContext context;
    private final BytePipe output;
    private final TailBuffer stderr;

    private @Nullable Interruption interruption;
    private Interruption.@Nullable Reason stopReason;
    private @Nullable Runnable stopListener;
    private InvocationOutcome stopOutcome = InvocationOutcome.CANCELLED;
    private volatile InvocationOutcome outcome = InvocationOutcome.CANCELLED;
    private volatile @Nullable InvocationResult result;
    private volatile @Nullable Ticket ticket;
    private volatile String engine;
    private volatile boolean cold;
    private volatile boolean settling;
    private volatile @Nullable ArchiveSummary artifacts;
    private long slotNanos;
    private Standby standby = Standby.NONE;

    Invocation(UUID id, InvocationRequest request, InvocationContext context) {
        this.id = id;
        this.request = request;
        this.context = context;
        this.engine = context.executor().engine();
        this.received = context.time().instant();
        this.submittedNanos = context.clock().nanoTime();
        this.output = new BytePipe((int) context.properties().holdBack().toBytes(), context.buffers());
        this.stderr = new TailBuffer((int) context.properties().stderrTail().toBytes());
    }

    public UUID id() {
        return id;
    }

    public InvocationRequest request() {
        return request;
    }

    /** The name of the engine that runs the instance; before it is known, of the one that runs most. */
    public String engine() {
        return engine;
    }

    /** What the instance writes to its standard output. It ends when the invocation has. */
    public BytePipe output() {
        return output;
    }

    /** The last that the instance wrote to its standard error. */
    public String stderrTail() {
        return stderr.text();
    }

    /** What came of it; empty before its end. */
    public Optional<InvocationResult> result() {
        return Optional.ofNullable(result);
    }

    /** The word for its end, or for the end it was told to come to. */
    public InvocationOutcome outcome() {
        return outcome;
    }

    /** When the instance will be ended at the latest, on the clock of {@link System#nanoTime}; empty before it runs. */
    public synchronized Optional<Interruption> interruption() {
        return Optional.ofNullable(interruption);
    }

    /** The scheduler's ticket; set once it is admitted. */
    Ticket ticket() {
        Ticket admitted = ticket;
        if (admitted == null) {
            throw new IllegalStateException("not admitted");
        }
        return admitted;
    }

    void admitted(Ticket admitted) {
        ticket = admitted;
    }

    InvocationContext context() {
        return context;
    }

    /**
     * Ends the instance, or keeps it from being made. The first reason wins. Its streams break at once.
     *
     * @param word for this end
     */
    void stop(Interruption.Reason why, InvocationOutcome word) {
        Interruption running;
        Runnable toCall;
        synchronized (this) {
            if (stopReason != null) {
                return;
            }
            stopReason = why;
            stopOutcome = word;
            outcome = word;
            running = interruption;
            toCall = stopListener;
        }
        if (running != null) {
            running.interrupt(why);
        }
        request.stdin().sever();
        output.sever();
        if (toCall != null) {
            toCall.run();
        }
    }

    /** It was taken out of the queue: no instance is made. */
    void withdraw(Interruption.Reason why, InvocationOutcome word) {
        outcome = word;
        result = new InvocationResult.Stopped(why);
        output.end();
    }

    @Override
    public void interrupt() {
        stop(Interruption.Reason.SHUTDOWN, InvocationOutcome.SHUT_DOWN);
    }

    @Override
    public void drop(Drop why) {
        result = new InvocationResult.NotRun(why);
        output.end();
    }

    @Override
    public void run(Ticket granted) {
        ticket = granted; // whoever submitted it may not have come to it yet
        slotNanos = context.clock().nanoTime();
        standby = new SlotStandby(granted);
        InvocationResult ended = new InvocationResult.Failed();
        try {
            ended = context.executor().execute(this);
        } catch (InvalidArgumentsException e) {
            ended = new InvocationResult.ArgumentsRefused(String.valueOf(e.getMessage()));
        } catch (ModuleException e) {
            LOG.warn(
                    "Invocation {} of {} failed, as its module is refused: {}",
                    id,
                    request.version().function(),
                    e);
            ended = new InvocationResult.ModuleRefused("At byte " + e.offset() + ": " + e.getMessage() + ".");
        } catch (IOException | EngineException e) {
            LOG.error("Invocation {} of {} failed", id, request.version().function(), e);
        } finally {
            finish(ended);
        }
    }

    /**
     * The executor has what running the instance takes.
     *
     * @param byEngine the name of the engine that will run it
     * @param anew whether the module had to be made executable first
     */
    public void loaded(String byEngine, boolean anew) {
        engine = byEngine;
        cold = anew;
    }

    /**
     * Starts the clock of the instance, unless it was stopped before.
     *
     * @return why it was stopped; the instance is not to be made then
     */
    public synchronized Optional<Interruption.Reason> begin() {
        Duration timeout =
                Duration.ofMillis(request.version().configuration().limits().timeoutMs());
        interruption = new Interruption(System.nanoTime() + timeout.toNanos(), standby);
        settling = false;
        return Optional.ofNullable(stopReason);
    }

    /** The instance has ended. What is left to do, as archiving its files, is none of its time. */
    public void settling() {
        settling = true;
    }

    /** Whether the instance has ended, and its end is not known yet because something is left to do. */
    public boolean isSettling() {
        return settling;
    }

    /** Whether the instance should have ended, by so much. */
    public boolean isOverdue(Duration grace) {
        Optional<Interruption> begun = interruption();
        return begun.isPresent() && !settling && System.nanoTime() - begun.get().deadlineNanos() > grace.toNanos();
    }

    /** Notes what became of the archive of the instance's files. */
    public void archived(ArchiveSummary archive) {
        artifacts = archive;
    }

    /** What became of the archive of the instance's files; empty if there was to be none. */
    public Optional<ArchiveSummary> artifacts() {
        return Optional.ofNullable(artifacts);
    }

    /** The way to end the instance; there is one once it has {@link #begin begun}. */
    public synchronized Interruption running() {
        if (interruption == null) {
            throw new IllegalStateException("not begun");
        }
        return interruption;
    }

    /** Why it is to end, if it was stopped. */
    public synchronized Optional<Interruption.Reason> stopReason() {
        return Optional.ofNullable(stopReason);
    }

    /**
     * Has {@code listener} called, by the stopping thread, when it is stopped, whether it has begun or not; at once if it
     * was already. There is one listener at a time.
     */
    public void onStop(Runnable listener) {
        synchronized (this) {
            stopListener = listener;
            if (stopReason == null) {
                return;
            }
        }
        listener.run();
    }

    /** Until when it may wait for somebody to run it, on the clock of {@link System#nanoTime}. */
    public long queueDeadlineNanos() {
        return ticket().deadlineNanos();
    }

    /** What the instance writes to its standard error. */
    public TailBuffer stderr() {
        return stderr;
    }

    /**
     * The result of an instance that has ended.
     *
     * @param start from getting the slot to the guest's first instruction
     */
    public InvocationResult ran(Execution execution, Duration start) {
        return new InvocationResult.Ran(
                execution,
                new InvocationResult.Timing(Duration.ofNanos(slotNanos - submittedNanos), start, execution.run()));
    }

    private void finish(InvocationResult ended) {
        if (ended instanceof InvocationResult.NotRun(Drop why)) {
            drop(why);
            return;
        }
        try {
            outcome = outcomeOf(ended);
            result = ended;
            context.listener().ended(new InvocationSummary(this, ended, slotNanos - submittedNanos).record());
        } finally {
            output.end();
        }
    }

    private InvocationOutcome outcomeOf(InvocationResult ended) {
        return switch (ended) {
            case InvocationResult.Ran ran -> outcomeOf(ran.execution().outcome());
            case InvocationResult.NotRun _ -> InvocationOutcome.CANCELLED;
            case InvocationResult.Stopped(Interruption.Reason why) -> outcomeOf(why);
            case InvocationResult.Lost _ -> InvocationOutcome.LOST;
            case InvocationResult.ArgumentsRefused _ -> InvocationOutcome.INVALID_ARGUMENTS;
            case InvocationResult.ModuleRefused _ -> InvocationOutcome.MODULE_REFUSED;
            case InvocationResult.Failed _ -> InvocationOutcome.FAILED;
        };
    }

    private InvocationOutcome outcomeOf(Outcome ended) {
        return switch (ended) {
            case Outcome.Exited(int code) -> code == 0 ? InvocationOutcome.SUCCEEDED : InvocationOutcome.EXITED;
            case Outcome.Returned _ -> InvocationOutcome.SUCCEEDED;
            case Outcome.Trapped _ -> InvocationOutcome.TRAPPED;
            case Outcome.LimitExceeded(Outcome.Limit limit) ->
                switch (limit) {
                    case OUTPUT_BYTES -> InvocationOutcome.OUTPUT_TOO_LARGE;
                    case SYSTEM_CALLS -> InvocationOutcome.SYSTEM_CALL_LIMIT;
                };
            case Outcome.CallDenied _ -> InvocationOutcome.SYSTEM_CALL_DENIED;
            case Outcome.Interrupted(Interruption.Reason why) -> outcomeOf(why);
        };
    }

    private synchronized InvocationOutcome outcomeOf(Interruption.Reason why) {
        return switch (why) {
            case DEADLINE -> InvocationOutcome.TIMED_OUT;
            case CPU_TIME -> InvocationOutcome.CPU_TIME_EXCEEDED;
            case CLIENT_GONE, CANCELLED, SHUTDOWN -> stopOutcome;
        };
    }

    Instant received() {
        return received;
    }

    /** Whether the module had to be made executable first. */
    public boolean cold() {
        return cold;
    }

    GuestStdin stdin() {
        return request.stdin();
    }
}

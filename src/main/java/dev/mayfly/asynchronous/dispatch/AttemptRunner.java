package dev.mayfly.asynchronous.dispatch;

import dev.mayfly.asynchronous.InvocationState;
import dev.mayfly.asynchronous.queue.Claim;
import dev.mayfly.asynchronous.queue.Ending;
import dev.mayfly.asynchronous.queue.InvocationTable;
import dev.mayfly.asynchronous.queue.StoredCall;
import dev.mayfly.functions.FunctionCatalog;
import dev.mayfly.functions.FunctionNotFoundException;
import dev.mayfly.functions.ResolvedVersion;
import dev.mayfly.functions.RetryPolicy;
import dev.mayfly.functions.VersionNotFoundException;
import dev.mayfly.invocations.Call;
import dev.mayfly.invocations.Calls;
import dev.mayfly.invocations.InvalidArgumentsException;
import dev.mayfly.invocations.Invocation;
import dev.mayfly.invocations.InvocationRequest;
import dev.mayfly.invocations.InvocationResult;
import dev.mayfly.invocations.Invoker;
import dev.mayfly.invocations.records.InvocationOutcome;
import dev.mayfly.invocations.streams.GuestStdin;
import dev.mayfly.scheduling.OverCapacityException;
import dev.mayfly.scheduling.ShuttingDownException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Makes an attempt at an invocation, from what is stored of it to what is to become of it. */
final class AttemptRunner {

    private static final Logger LOG = LoggerFactory.getLogger(AttemptRunner.class);
    private static final String FUNCTION_GONE = "function-not-found";
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Invoker invoker;
    private final FunctionCatalog catalog;
    private final Calls calls;
    private final InvocationTable invocations;
    private final OutputCollector outputs;
    private final AttemptResults results;
    private final Retries retries;
    private final InFlight inFlight;
    private final InstantSource time;

    AttemptRunner(
            Invoker invoker,
            FunctionCatalog catalog,
            Calls calls,
            InvocationTable invocations,
            OutputCollector outputs,
            AttemptResults results,
            Retries retries,
            InFlight inFlight,
            InstantSource time) {
        this.invoker = invoker;
        this.catalog = catalog;
        this.calls = calls;
        this.invocations = invocations;
        this.outputs = outputs;
        this.results = results;
        this.retries = retries;
        this.inFlight = inFlight;
        this.time = time;
    }

    /** Makes the attempt; returns when it is over. */
    Ending run(Attempt attempt) {
        Claim claim = attempt.claim();
        if (claim.cancelled()) {
            return cancelled(claim.withoutAttempt(), Ending.Result.without(InvocationOutcome.CANCELLED.id(), null));
        }
        try {
            StoredCall stored = invocations.load(claim.id()).orElseThrow();
            return run(attempt, stored);
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("An attempt at asynchronous invocation {} could not be begun", claim.id(), e);
            return notStarted(claim);
        } catch (RuntimeException e) {
            LOG.error("An attempt at asynchronous invocation {} failed", claim.id(), e);
            return failed(
                    claim,
                    RetryPolicy.DEFAULT,
                    time.instant(),
                    Ending.Result.without(InvocationOutcome.FAILED.id(), null));
        }
    }

    private Ending run(Attempt attempt, StoredCall stored) {
        Claim claim = attempt.claim();
        try {
            ResolvedVersion version = catalog.resolve(stored.function(), stored.selector());
            RetryPolicy policy = version.configuration().retry();
            if (claim.lost() && claim.attempts() > policy.maxAttempts()) {
                return dead(claim.withoutAttempt(), Retries.ATTEMPTS, results.lost());
            }
            Call call = calls.read(version, stored.arguments(), stored.input());
            return start(attempt, stored, new InvocationRequest(version, call, stdin(version, stored)));
        } catch (FunctionNotFoundException | VersionNotFoundException e) {
            return dead(claim, FUNCTION_GONE, results.gone(e));
        } catch (InvalidArgumentsException e) {
            return ended(claim, InvocationState.FAILED, results.invalid(e));
        }
    }

    private static GuestStdin stdin(ResolvedVersion version, StoredCall stored) {
        return version.configuration().entryPoint() == null ? new GuestStdin(stored.input(), null) : GuestStdin.empty();
    }

    private Ending start(Attempt attempt, StoredCall stored, InvocationRequest request) {
        Claim claim = attempt.claim();
        Instant started = time.instant();
        Invocation invocation;
        try {
            invocation = invoker.start(request);
        } catch (OverCapacityException | ShuttingDownException refusal) {
            return notStarted(claim);
        }
        if (!attempt.begin(invocation)) {
            invoker.cancel(invocation);
        }
        ByteBuffer output = outputs.collect(invocation);
        return ending(attempt, stored, invocation, results.of(invocation, started, output));
    }

    private Ending ending(Attempt attempt, StoredCall stored, Invocation invocation, Ending.Result result) {
        Claim claim = attempt.claim();
        Optional<InvocationResult> end = invocation.result();
        if (end.isPresent() && end.get() instanceof InvocationResult.NotRun) {
            return notStarted(claim);
        }
        return switch (invocation.outcome()) {
            case SUCCEEDED -> ended(claim, InvocationState.SUCCEEDED, result);
            case INVALID_ARGUMENTS, INPUT_TOO_LARGE, MODULE_REFUSED -> ended(claim, InvocationState.FAILED, result);
            // This process ends, and others go on.
            case SHUT_DOWN -> new Ending.Again(claim, time.instant(), false, false);
            case CANCELLED, CLIENT_GONE ->
                attempt.isReturning()
                        ? new Ending.Again(claim, time.instant(), false, false)
                        : cancelled(claim, result);
            default ->
                failed(claim, invocation.request().version().configuration().retry(), stored.queued(), result);
        };
    }

    private Ending failed(Claim claim, RetryPolicy policy, Instant queued, Ending.Result result) {
        return switch (retries.decide(policy, claim.attempts(), queued, time.instant())) {
            case Retries.Decision.Retry(Instant due) ->
                new Ending.Again(claim, due, true, result.outcome().equals(InvocationOutcome.LOST.id()));
            case Retries.Decision.GiveUp(String reason) -> dead(claim, reason, result);
        };
    }

    /** There was no slot for it, or no database to read it from. It is no attempt, and its function is left alone for a while. */
    private Ending notStarted(Claim claim) {
        Instant now = time.instant();
        inFlight.pause(claim.function(), now.plus(PAUSE));
        long millis = ThreadLocalRandom.current().nextLong(PAUSE.toMillis() / 2, 2 * PAUSE.toMillis());
        return new Ending.Again(claim, now.plusMillis(millis), false, false);
    }

    private static Ending cancelled(Claim claim, Ending.Result result) {
        return ended(claim, InvocationState.CANCELLED, result);
    }

    private static Ending dead(Claim claim, String reason, Ending.Result result) {
        return new Ending.Ended(claim, InvocationState.DEAD, Optional.of(reason), result);
    }

    private static Ending ended(Claim claim, InvocationState state, Ending.Result result) {
        return new Ending.Ended(claim, state, Optional.empty(), result);
    }
}

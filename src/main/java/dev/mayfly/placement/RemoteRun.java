package dev.mayfly.placement;

import dev.mayfly.cluster.Content;
import dev.mayfly.cluster.Refusal;
import dev.mayfly.invocations.Invocation;
import dev.mayfly.invocations.InvocationResult;
import dev.mayfly.scheduling.Job;
import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One invocation, placed on workers until one has run it, or nothing more can be done. What was certainly not started is
 * placed again; what may have been, only if its function is idempotent.
 */
final class RemoteRun {

    private static final Logger LOG = LoggerFactory.getLogger(RemoteRun.class);
    private static final Duration LOOK = Duration.ofMillis(20);

    /** What was given and made room again so often does not stay there. */
    private static final int MOST_PUSHES = 6;

    private final RemoteContext context;
    private final Invocation invocation;
    private final Needs needs;
    /** Those that cannot run it. */
    private final Set<Worker> unable = new HashSet<>();
    /** Those that could not just now. */
    private final Set<Worker> busy = new HashSet<>();

    private long deadlineNanos;
    private int placements;
    private int rounds;
    private int pushes;
    private int broken;
    /** What came of it where it cannot run. */
    private @Nullable InvocationResult failure;

    /**
     * An invocation that was not placed yet.
     *
     * @throws IOException if it cannot be read what it needs
     */
    RemoteRun(RemoteContext context, Invocation invocation) throws IOException {
        this.context = context;
        this.invocation = invocation;
        this.needs = context.needs().of(invocation.request().version());
        this.deadlineNanos = invocation.queueDeadlineNanos();
    }

    InvocationResult run() throws IOException {
        Optional<InvocationResult> result = Optional.empty();
        while (result.isEmpty()) {
            result = invocation.stopReason().map(InvocationResult.Stopped::new);
            if (result.isEmpty()) {
                result = step();
            }
        }
        return result.get();
    }

    private Optional<InvocationResult> step() throws IOException {
        Set<Worker> excluded = Stream.concat(unable.stream(), busy.stream()).collect(Collectors.toSet());
        Optional<Placement.Choice> choice =
                context.placement().choose(context.membership().candidates(needs, excluded));
        Optional<UUID> instance = choice.flatMap(chosen -> chosen.worker().instance());
        if (choice.isEmpty() || instance.isEmpty()) {
            return waitForWorker();
        }
        count(choice.get());
        return place(choice.get().worker(), instance.get());
    }

    private void count(Placement.Choice choice) {
        if (placements++ == 0) {
            context.metrics().placed(choice.how());
        } else {
            context.metrics().placedAgain();
        }
    }

    private Optional<InvocationResult> place(Worker worker, UUID instance) throws IOException {
        long began = context.clock().nanoTime();
        Attempt attempt = new OrderExchange(context, worker, instance, invocation).run();
        return switch (attempt) {
            case Attempt.Ended(InvocationResult result) -> {
                if (!(result instanceof InvocationResult.Stopped)) {
                    worker.succeeded();
                }
                yield Optional.of(result);
            }
            case Attempt.Refused refusal -> {
                refused(worker, instance, refusal, began);
                yield Optional.empty();
            }
            case Attempt.HandedBack _ -> {
                busy.add(worker);
                yield Optional.empty();
            }
            case Attempt.Unable(InvocationResult result) -> {
                unable(worker, result);
                yield Optional.empty();
            }
            case Attempt.NotSent(IOException cause) -> {
                unreachable(worker, cause);
                yield Optional.empty();
            }
            case Attempt.Broken(boolean repeatable, IOException cause) -> broken(worker, repeatable, cause);
        };
    }

    private void refused(Worker worker, UUID instance, Attempt.Refused refusal, long sinceNanos) throws IOException {
        if (isForWantOfContents(refusal.why())) {
            learn(worker, refusal.missing());
            if (pushes < MOST_PUSHES) {
                push(worker, instance, refusal.missing(), sinceNanos);
                return;
            }
        }
        context.metrics().failed(PlacementMetrics.Failure.REFUSED);
        if (refusal.why() == Refusal.DRAINING) {
            // Or it is another process than it was: the next heartbeat tells.
            worker.failed(context.clock().nanoTime());
        }
        busy.add(worker);
    }

    /** What it does not say that it lacks, it has: so it will be known to have all once it is given that. */
    private void learn(Worker worker, List<Content> missing) {
        Set<Content> held = needs.contents();
        missing.forEach(held::remove);
        held.forEach(worker::holds);
        worker.lacks(missing);
    }

    private static boolean isForWantOfContents(Refusal why) {
        return switch (why) {
            case MODULE_MISSING, DISK_MISSING -> true;
            case BUSY, DRAINING -> false;
        };
    }

    private void push(Worker worker, UUID instance, List<Content> missing, long sinceNanos) throws IOException {
        long began = context.clock().nanoTime();
        try {
            for (Content content : missing) {
                if (invocation.stopReason().isEmpty()) {
                    await(context.pushes().push(worker, instance, content, sinceNanos));
                }
            }
            pushes++;
            extendQueueTime(began);
        } catch (ContentPushes.UnreadableException e) {
            throw e;
        } catch (ContentPushes.RefusedException e) {
            extendQueueTime(began);
            notTaken(worker, e);
        } catch (IOException e) {
            unreachable(worker, e);
        }
    }

    /** While something was being sent, by whomever, nobody waited in a queue. */
    private void extendQueueTime(long beganNanos) {
        deadlineNanos += context.clock().nanoTime() - beganNanos;
    }

    /** Until it has ended, or the invocation is to: then nobody needs to know. */
    private void await(CompletableFuture<Void> push) throws IOException {
        CompletableFuture<Void> stopped = new CompletableFuture<>();
        invocation.onStop(() -> stopped.complete(null));
        try {
            CompletableFuture.anyOf(push, stopped).join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case ContentPushes.UnreadableException unreadable -> throw unreadable;
                case ContentPushes.RefusedException refused -> throw refused;
                case null, default -> throw new IOException("nothing was pushed", e);
            }
        } finally {
            invocation.onStop(() -> {});
        }
    }

    private void notTaken(Worker worker, ContentPushes.RefusedException refused) {
        switch (refused.why()) {
            case BUSY -> busy.add(worker);
            case NO_ROOM -> {
                LOG.warn("Worker {} has no room: {}", worker.address(), refused.getMessage());
                unable(worker, new InvocationResult.NotRun(Job.Drop.NO_ROOM));
            }
            case UNABLE -> {
                LOG.warn("Worker {} does not take everything: {}", worker.address(), refused.getMessage());
                unable(worker, new InvocationResult.Failed());
            }
        }
    }

    /** Of several results, one that says more than that there is no room. */
    private void unable(Worker worker, InvocationResult result) {
        unable.add(worker);
        if (failure == null || failure instanceof InvocationResult.NotRun) {
            failure = result;
        }
    }

    private void unreachable(Worker worker, IOException cause) {
        LOG.debug("Worker {} was not reached", worker.address(), cause);
        context.metrics().failed(PlacementMetrics.Failure.UNREACHABLE);
        worker.failed(context.clock().nanoTime());
        busy.add(worker);
    }

    private Optional<InvocationResult> broken(Worker worker, boolean repeatable, IOException cause) {
        LOG.warn("Worker {} was lost with invocation {}: {}", worker.address(), invocation.id(), cause.toString());
        context.metrics().failed(PlacementMetrics.Failure.LOST);
        worker.failed(context.clock().nanoTime());
        busy.add(worker);
        broken++;
        boolean idempotent = invocation.request().version().configuration().idempotent();
        if (!idempotent || !repeatable || broken >= context.properties().maxAttempts()) {
            return Optional.of(new InvocationResult.Lost());
        }
        // Its time in the queue was over when it was begun; the next worker is found at once, or soon.
        deadlineNanos =
                context.clock().nanoTime() + context.properties().noWorkerWait().toNanos();
        return Optional.empty();
    }

    /** Nobody can be chosen now: waits for a moment, or says that nothing will come of it. */
    private Optional<InvocationResult> waitForWorker() {
        List<Placement.Candidate> able = context.membership().candidates(needs, unable);
        Optional<InvocationResult> end = able.isEmpty() ? endWithoutAble() : Optional.empty();
        if (end.isPresent()) {
            return end;
        }
        boolean anyUp = context.membership().withoutWorkers().isZero();
        if (anyUp && context.clock().nanoTime() - deadlineNanos >= 0) {
            return Optional.of(notRun(Job.Drop.EXPIRED));
        }
        busy.clear();
        pause(able.isEmpty() ? LOOK : Duration.ofNanos(context.busy().pauseNanos(++rounds)));
        return Optional.empty();
    }

    /** What becomes of it now that no worker can run it that takes orders; empty if one may come. */
    private Optional<InvocationResult> endWithoutAble() {
        boolean anyUnable = !context.membership().candidates(needs, Set.of()).isEmpty();
        if (anyUnable && failure != null) {
            return Optional.of(broken > 0 ? new InvocationResult.Lost() : failure);
        }
        if (context.membership().isTooMuch(needs)) {
            return Optional.of(notRun(Job.Drop.NO_ROOM));
        }
        return isWithoutWorkers() ? Optional.of(notRun(Job.Drop.NO_WORKERS)) : Optional.empty();
    }

    private boolean isWithoutWorkers() {
        return context.membership()
                        .withoutWorkers()
                        .compareTo(context.properties().noWorkerWait())
                >= 0;
    }

    private InvocationResult notRun(Job.Drop why) {
        return broken > 0 ? new InvocationResult.Lost() : new InvocationResult.NotRun(why);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException e) {
            // Slots are not ended by interrupting their threads.
            LOG.trace("Interrupted", e);
        }
    }
}

package dev.mayfly.placement;

import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.cluster.ClusterPaths;
import dev.mayfly.cluster.Content;
import dev.mayfly.cluster.ContentHash;
import dev.mayfly.cluster.ExecutionOrder;
import dev.mayfly.cluster.FrameReader;
import dev.mayfly.cluster.ProtocolException;
import dev.mayfly.cluster.Refusal;
import dev.mayfly.invocations.Invocation;
import dev.mayfly.invocations.InvocationRequest;
import dev.mayfly.invocations.InvocationResult;
import dev.mayfly.invocations.streams.GuestStdin;
import dev.mayfly.sandbox.Interruption;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.hc.client5.http.classic.methods.HttpDelete;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An order with a worker, from sending it to its result. It belongs to the thread that {@link #run runs} it; {@link
 * #abort} and the invocation's end may come from others.
 */
final class OrderExchange implements Pending {

    private static final Logger LOG = LoggerFactory.getLogger(OrderExchange.class);
    private static final int MOST_OF_A_REFUSAL = 64 * 1024;

    private final RemoteContext context;
    private final Worker worker;
    private final UUID instance;
    private final Invocation invocation;
    private final UUID order = UUID.randomUUID();
    private final HttpPost request = new HttpPost(ClusterPaths.EXECUTIONS);
    private final ExchangeClock watch;
    private @Nullable InputPump pump;
    private volatile boolean cancelled;

    /**
     * An exchange that was not begun.
     *
     * @param instance the worker's process
     */
    OrderExchange(RemoteContext context, Worker worker, UUID instance, Invocation invocation) {
        this.context = context;
        this.worker = worker;
        this.instance = instance;
        this.invocation = invocation;
        this.watch = new ExchangeClock(
                context.clock(),
                context.properties().startTimeout(),
                context.properties().stopGrace());
    }

    /** Has the worker execute the order. */
    Attempt run() {
        InvocationRequest wanted = invocation.request();
        GuestStdin stdin = wanted.stdin();
        byte[] head = context.codec()
                .encode(new ExecutionOrder(
                        order, wanted.version(), wanted.call(), stdin.rest().isPresent()));
        OrderEntity entity = new OrderEntity(head, stdin.beginning());
        request.setEntity(entity);
        worker.begin(this);
        invocation.onStop(this::cancel);
        try {
            return exchange(ContentHash.of(head), entity);
        } finally {
            invocation.onStop(() -> {});
            worker.done(this);
            if (pump != null) {
                pump.close();
            }
        }
    }

    private Attempt exchange(ContentHash hash, OrderEntity entity) {
        FrameHandler frames = new FrameHandler(invocation, context.archives(), watch, this::startPump, this::cancel);
        watch.waiting();
        try (frames;
                WorkerAnswer answer = context.client().send(worker.address(), Optional.of(instance), request, hash)) {
            answer.load().ifPresent(worker::note);
            if (answer.refusal().isPresent()) {
                answer.content().readNBytes(MOST_OF_A_REFUSAL);
                return refused(answer.refusal().get(), answer.missing());
            }
            if (!answer.isSuccess()) {
                throw new ProtocolException("an answer of " + answer.response().getCode());
            }
            BufferedInputStream content = new BufferedInputStream(answer.content());
            Attempt attempt = frames.handle(new FrameReader(content), worker);
            endQuietly(content);
            return attempt;
        } catch (IOException e) {
            return failed(frames, entity, e);
        }
    }

    private Attempt refused(Refusal why, List<ContentDigest> missing) {
        ContentDigest module = invocation.request().version().digest();
        Stream<Content> lacked = missing.stream().map(disk -> new Content(Content.Kind.DISK, disk));
        return new Attempt.Refused(
                why,
                why == Refusal.MODULE_MISSING
                        ? Stream.concat(Stream.of(new Content(Content.Kind.MODULE, module)), lacked)
                                .toList()
                        : lacked.toList());
    }

    /** To the end of the answer, so that its connection can be used again. */
    private void endQuietly(BufferedInputStream content) {
        watch.within(context.properties().stopGrace());
        try {
            if (content.read() >= 0) {
                request.cancel();
            }
        } catch (IOException e) {
            LOG.debug("An answer of {} did not end", worker.address(), e);
        }
    }

    private Attempt failed(FrameHandler frames, OrderEntity entity, IOException e) {
        Optional<Interruption.Reason> stopped = invocation.stopReason();
        if (stopped.isPresent()) {
            return new Attempt.Ended(new InvocationResult.Stopped(stopped.get()));
        }
        if (!entity.isSent()) {
            return new Attempt.NotSent(e);
        }
        if (frames.hasStarted() && watch.isPast()) {
            // It is not known whether it has ended, but that it may not go on.
            worker.failed(context.clock().nanoTime());
            return new Attempt.Ended(new InvocationResult.Stopped(Interruption.Reason.DEADLINE));
        }
        boolean inputGone = pump != null && pump.isUsed();
        return new Attempt.Broken(!frames.hasOutput() && !inputGone, e);
    }

    /** Not before the instance has begun: what was sent cannot be sent to another worker. */
    private void startPump() {
        invocation.request().stdin().rest().ifPresent(rest -> {
            pump = new InputPump(context.client(), worker.address(), instance, order, rest);
            pump.start();
        });
    }

    /** Tells the worker to end it, and waits for its answer no longer than an instance may take to stop. */
    private void cancel() {
        if (cancelled) {
            return;
        }
        cancelled = true;
        watch.within(context.properties().stopGrace());
        Thread.ofVirtual().name("order-cancel").start(this::sendCancel);
    }

    private void sendCancel() {
        HttpDelete delete = new HttpDelete(ClusterPaths.execution(order));
        delete.setConfig(WorkerClient.within(context.properties().stopGrace()));
        try (WorkerAnswer answer =
                context.client().send(worker.address(), Optional.of(instance), delete, ContentHash.NONE)) {
            answer.content().readNBytes(MOST_OF_A_REFUSAL);
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} could not be told to end an execution", worker.address(), e);
        }
    }

    @Override
    public boolean isOverdue(long nowNanos) {
        return watch.isOverdue(nowNanos);
    }

    @Override
    public void abort() {
        request.cancel();
    }
}

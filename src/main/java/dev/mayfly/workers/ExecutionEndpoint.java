package dev.mayfly.workers;

import dev.mayfly.archives.Handover;
import dev.mayfly.archives.Handovers;
import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.cluster.ExecutionOrder;
import dev.mayfly.cluster.OrderCodec;
import dev.mayfly.cluster.ProtocolException;
import dev.mayfly.cluster.Refusal;
import dev.mayfly.functions.DiskReference;
import dev.mayfly.invocations.Invocation;
import dev.mayfly.invocations.InvocationProperties;
import dev.mayfly.invocations.InvocationRequest;
import dev.mayfly.invocations.Invoker;
import dev.mayfly.invocations.streams.BufferBudget;
import dev.mayfly.invocations.streams.BytePipe;
import dev.mayfly.invocations.streams.GuestStdin;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import dev.mayfly.scheduling.OverCapacityException;
import dev.mayfly.scheduling.ShuttingDownException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Executes orders. */
final class ExecutionEndpoint {

    private final OrderCodec orders = new OrderCodec();
    private final WorkerContents contents;
    private final Invoker invoker;
    private final ExecutionRelay relay;
    private final Executions executions;
    private final Handovers archives;
    private final ExecutionMetrics metrics;
    private final BufferBudget buffers;
    private final int pipeBytes;

    ExecutionEndpoint(
            WorkerContents contents,
            Invoker invoker,
            ExecutionRelay relay,
            Executions executions,
            Handovers archives,
            ExecutionMetrics metrics,
            BufferBudget buffers,
            InvocationProperties properties) {
        this.contents = contents;
        this.invoker = invoker;
        this.relay = relay;
        this.executions = executions;
        this.archives = archives;
        this.metrics = metrics;
        this.buffers = buffers;
        this.pipeBytes = (int) properties.pipeBuffer().toBytes();
    }

    /**
     * Answers an order.
     *
     * @throws ProtocolException if it is none
     * @throws IOException if the control plane is gone
     */
    void execute(Exchange exchange) throws IOException {
        String result = ExecutionMetrics.GONE;
        try {
            result = executed(exchange);
        } catch (ProtocolException e) {
            result = ExecutionMetrics.INVALID;
            throw e;
        } finally {
            metrics.count(result);
        }
    }

    private String executed(Exchange exchange) throws IOException {
        InputStream body = exchange.request().getInputStream();
        byte[] head = OrderCodec.readHead(body);
        if (!exchange.isSignedFor(head)) {
            throw new ProtocolException("an order that another signature belongs to");
        }
        ExecutionOrder order = orders.decode(head);
        if (exchange.self().isDraining()) {
            return refuse(exchange, Refusal.DRAINING);
        }
        Optional<ContentCache.Lease> module =
                contents.modules().use(List.of(order.version().digest()));
        Set<ContentDigest> needed = order.version().configuration().disks().stream()
                .map(DiskReference::digest)
                .collect(Collectors.toSet());
        if (module.isEmpty()) {
            return refuse(exchange, Refusal.MODULE_MISSING, needed);
        }
        try (ContentCache.Lease _ = module.get()) {
            return withModule(exchange, order, needed, body, head.length);
        }
    }

    private String withModule(
            Exchange exchange, ExecutionOrder order, Set<ContentDigest> needed, InputStream body, int headBytes)
            throws IOException {
        Optional<ContentCache.Lease> disks = contents.disks().use(needed);
        if (disks.isEmpty()) {
            return refuse(exchange, Refusal.DISK_MISSING, needed);
        }
        try (ContentCache.Lease _ = disks.get()) {
            return withContents(exchange, order, body, headBytes);
        }
    }

    private String withContents(Exchange exchange, ExecutionOrder order, InputStream body, int headBytes)
            throws IOException {
        long announced = exchange.request().getContentLengthLong();
        Optional<OrderInput> input = OrderInput.read(
                body,
                announced < 0 ? announced : announced - headBytes,
                order.version().configuration().limits().maxInputBytes(),
                buffers);
        if (input.isEmpty()) {
            return refuse(exchange, Refusal.BUSY);
        }
        try (OrderInput arrived = input.get()) {
            return withInput(exchange, order, arrived);
        }
    }

    private String withInput(Exchange exchange, ExecutionOrder order, OrderInput arrived) throws IOException {
        Optional<BytePipe> more = order.moreInput() ? Optional.of(new BytePipe(pipeBytes, buffers)) : Optional.empty();
        long room = order.version().configuration().limits().maxInputBytes()
                - arrived.bytes().remaining();
        GuestStdin stdin = new GuestStdin(arrived.bytes(), more.orElse(null));
        try (Handover archive = archives.expect(order.id())) {
            Invocation invocation =
                    invoker.start(order.id(), new InvocationRequest(order.version(), order.call(), stdin));
            return registered(exchange, new Running(invocation, more, room, archive));
        } catch (OverCapacityException e) {
            return refuse(exchange, Refusal.BUSY);
        } catch (ShuttingDownException e) {
            return refuse(exchange, Refusal.DRAINING);
        } finally {
            stdin.sever();
        }
    }

    private String registered(Exchange exchange, Running running) throws IOException {
        Invocation invocation = running.invocation();
        if (!executions.add(invocation.id(), running)) {
            invoker.cancel(invocation);
            exchange.fail(new ProblemException(ProblemType.CONFLICT, "There is an execution of this id."));
            return ExecutionMetrics.INVALID;
        }
        try {
            return relay.relay(exchange, running);
        } finally {
            executions.remove(invocation.id());
            invocation.output().sever();
        }
    }

    /** Names all disks at once that are missing, so that they are sent before the order is sent again. */
    private String refuse(Exchange exchange, Refusal refusal, Set<ContentDigest> needed) throws IOException {
        exchange.refuse(refusal, contents.disks().missing(needed));
        return refusal.id();
    }

    private static String refuse(Exchange exchange, Refusal refusal) throws IOException {
        exchange.refuse(refusal);
        return refusal.id();
    }
}

package dev.mayfly.workers;

import dev.mayfly.cluster.Refusal;
import dev.mayfly.invocations.Invocation;
import dev.mayfly.invocations.InvocationProperties;
import dev.mayfly.invocations.InvocationResult;
import dev.mayfly.invocations.Invoker;
import dev.mayfly.invocations.connections.ClientConnection;
import dev.mayfly.invocations.connections.ProbeRounds;
import dev.mayfly.invocations.streams.BytePipe;
import dev.mayfly.sandbox.Execution;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.scheduling.Job;
import dev.mayfly.scheduling.NanoClock;
import dev.mayfly.scheduling.OverCapacityException;
import java.io.IOException;
import java.time.Duration;

/** Waits for an execution on its request's thread, and answers. */
final class ExecutionRelay {

    private final Invoker invoker;
    private final ProbeRounds rounds;
    private final NanoClock clock;
    private final long probeNanos;
    private final Duration grace;

    /**
     * A relay.
     *
     * @param rounds that come by as often as something may have to be sent
     */
    ExecutionRelay(Invoker invoker, ProbeRounds rounds, InvocationProperties properties, NanoClock clock) {
        this.invoker = invoker;
        this.rounds = rounds;
        this.clock = clock;
        this.probeNanos = properties.probeInterval().toNanos();
        this.grace = properties.stopGrace();
    }

    /**
     * Answers an order.
     *
     * @return a word for what came of it
     * @throws IOException if the control plane is gone; the invocation has been told to end
     */
    String relay(Exchange exchange, Running running) throws IOException {
        Invocation invocation = running.invocation();
        try {
            return new Watch(exchange, running).toTheEnd();
        } catch (IOException e) {
            invoker.clientGone(invocation);
            throw e;
        }
    }

    /** One execution, seen from its request's thread. */
    private final class Watch {

        private final Exchange exchange;
        private final Running running;
        private final Invocation invocation;
        private final ClientConnection connection;
        private final FrameStream frames;
        private long probed = clock.nanoTime();

        Watch(Exchange exchange, Running running) {
            this.exchange = exchange;
            this.running = running;
            this.invocation = running.invocation();
            this.connection = ClientConnection.of(exchange.request());
            this.frames = new FrameStream(exchange, invocation);
        }

        String toTheEnd() throws IOException {
            while (rounds.awaitFullOrEnd(invocation.output()) != BytePipe.Fill.ENDED) {
                requireConnection();
                if (isExpired()) {
                    return refuse(Refusal.BUSY);
                }
                if (invocation.isOverdue(grace)) {
                    invoker.abandon(invocation);
                    return end(outOfTime());
                }
                frames.send();
            }
            return answer(invocation.result().orElseGet(InvocationResult.Failed::new));
        }

        private void requireConnection() throws IOException {
            long now = clock.nanoTime();
            if (now - probed >= probeNanos) {
                probed = now;
                if (connection.isGone()) {
                    throw new IOException("the control plane closed the connection");
                }
            }
        }

        private boolean isExpired() {
            try {
                invoker.expire(invocation);
                return false;
            } catch (OverCapacityException waitedTooLong) {
                return true;
            }
        }

        /** Its slot stays taken until the instance is really gone; nobody is to wait for that. */
        private InvocationResult outOfTime() {
            Duration run = Duration.ofMillis(
                    invocation.request().version().configuration().limits().timeoutMs());
            Execution execution = new Execution(
                    new Outcome.Interrupted(Interruption.Reason.DEADLINE), Duration.ZERO, run, Duration.ZERO, 0);
            return invocation.ran(execution, Duration.ZERO);
        }

        private String answer(InvocationResult result) throws IOException {
            return switch (result) {
                case InvocationResult.NotRun(Job.Drop why) ->
                    refuse(
                            switch (why) {
                                case EXPIRED, NO_WORKERS, NO_ROOM -> Refusal.BUSY;
                                case SHUTDOWN -> Refusal.DRAINING;
                            });
                case InvocationResult.Stopped _
                when running.isHandedBack() && !frames.isSent() -> refuse(Refusal.DRAINING);
                default -> end(result);
            };
        }

        private String refuse(Refusal refusal) throws IOException {
            exchange.refuse(refusal);
            return refusal.id();
        }

        private String end(InvocationResult result) throws IOException {
            frames.end(result, running.archive().archive());
            return ExecutionMetrics.word(result);
        }
    }
}

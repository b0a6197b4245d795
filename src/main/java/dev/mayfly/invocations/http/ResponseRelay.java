package dev.mayfly.invocations.http;

import dev.mayfly.invocations.Invocation;
import dev.mayfly.invocations.InvocationProperties;
import dev.mayfly.invocations.InvocationResult;
import dev.mayfly.invocations.Invoker;
import dev.mayfly.invocations.NumberCodec;
import dev.mayfly.invocations.connections.ProbeRounds;
import dev.mayfly.invocations.records.InvocationOutcome;
import dev.mayfly.invocations.streams.BytePipe;
import dev.mayfly.invocations.streams.SeveredPipeException;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.scheduling.Job;
import dev.mayfly.scheduling.OverCapacityException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.springframework.http.MediaType;
import tools.jackson.databind.json.JsonMapper;

/**
 * Waits for an invocation on its request's thread and writes the response. The output is held back until its outcome is
 * known, so that the outcome decides the status; an output too long for that is streamed, and trailers tell the outcome.
 */
final class ResponseRelay {

    private static final int CHUNK = 64 * 1024;

    private final Invoker invoker;
    private final JsonMapper json;
    private final ProbeRounds rounds;
    private final Duration probeInterval;
    private final Duration stopGrace;

    ResponseRelay(Invoker invoker, InvocationProperties properties, ProbeRounds rounds, JsonMapper json) {
        this.invoker = invoker;
        this.json = json;
        this.rounds = rounds;
        this.probeInterval = properties.probeInterval();
        this.stopGrace = properties.stopGrace();
    }

    /**
     * Answers a request.
     *
     * @throws ProblemException if the answer is a problem
     * @throws IOException if the client is gone; the invocation has been told to end
     */
    void relay(Exchange exchange) throws IOException {
        ResponseHeaders.identify(exchange.invocation(), exchange.response());
        if (awaitFullOrEnd(exchange) == BytePipe.Fill.FULL) {
            stream(exchange);
        } else {
            answer(exchange);
        }
    }

    private BytePipe.Fill awaitFullOrEnd(Exchange exchange) throws IOException {
        try {
            BytePipe.Fill fill = rounds.awaitFullOrEnd(exchange.output());
            while (fill == BytePipe.Fill.FILLING) {
                leaveIfHopeless(exchange);
                fill = rounds.awaitFullOrEnd(exchange.output());
            }
            return fill;
        } finally {
            ResponseHeaders.nameEngine(exchange.invocation(), exchange.response());
        }
    }

    /** Waits no longer if nobody waits for the answer, or nothing will come of the invocation. */
    private void leaveIfHopeless(Exchange exchange) throws IOException {
        if (exchange.isClientGone()) {
            invoker.clientGone(exchange.invocation());
            throw new ClientGoneException();
        }
        try {
            invoker.expire(exchange.invocation());
        } catch (OverCapacityException refusal) {
            throw InvocationProblems.overCapacity(refusal);
        }
        if (exchange.invocation().isOverdue(stopGrace)) {
            invoker.abandon(exchange.invocation());
            throw InvocationProblems.overdue(exchange.invocation());
        }
    }

    /** The invocation has ended, with all of its output held back. */
    private void answer(Exchange exchange) throws IOException {
        Invocation invocation = exchange.invocation();
        if (invocation.result().orElse(null) instanceof InvocationResult.NotRun(Job.Drop why)) {
            throw switch (why) {
                case EXPIRED -> InvocationProblems.overCapacity(invoker.expired(invocation));
                case SHUTDOWN -> InvocationProblems.shuttingDown();
                case NO_WORKERS -> InvocationProblems.noWorkers();
                case NO_ROOM -> InvocationProblems.noRoom();
            };
        }
        ResponseHeaders.conclude(invocation, exchange.response());
        if (invocation.outcome() != InvocationOutcome.SUCCEEDED) {
            throw InvocationProblems.of(invocation);
        }
        if (invocation.result().orElse(null) instanceof InvocationResult.Ran ran
                && ran.execution().outcome() instanceof Outcome.Returned(var results)) {
            exchange.response().setContentType(MediaType.APPLICATION_JSON_VALUE);
            write(exchange, json.writeValueAsBytes(NumberCodec.results(results)), 0);
        } else {
            byte[] output = exchange.output().takeAll();
            write(exchange, output, begin(exchange, output));
        }
    }

    private static int begin(Exchange exchange, byte[] output) {
        try {
            return exchange.format().begin(output, exchange.response());
        } catch (MalformedGuestResponseException e) {
            throw InvocationProblems.malformedResponse(exchange.invocation(), e);
        }
    }

    private static void write(Exchange exchange, byte[] output, int from) throws IOException {
        HttpServletResponse response = exchange.response();
        response.setContentLength(output.length - from);
        response.getOutputStream().write(output, from, output.length - from);
    }

    /** The invocation goes on, and its output is too long to be held back. */
    private void stream(Exchange exchange) throws IOException {
        byte[] held = exchange.output().takeAll();
        int from;
        try {
            from = begin(exchange, held);
        } catch (ProblemException malformed) {
            invoker.cancel(exchange.invocation());
            throw malformed;
        }
        ResponseHeaders.announceTrailers(exchange.invocation(), exchange.response());
        try {
            ServletOutputStream out = exchange.response().getOutputStream();
            out.write(held, from, held.length - from);
            copy(exchange, out);
        } catch (SeveredPipeException ended) {
            // Somebody else has told the instance to end: by then the trailers can say how.
            exchange.output().awaitFullOrEnd(stopGrace);
        } catch (IOException e) {
            invoker.clientGone(exchange.invocation());
            throw e;
        }
    }

    private void copy(Exchange exchange, ServletOutputStream out) throws IOException {
        byte[] bytes = new byte[CHUNK];
        ByteBuffer chunk = ByteBuffer.wrap(bytes);
        int count = 0;
        while (count >= 0) {
            chunk.clear();
            count = exchange.output().read(chunk, Duration.ZERO);
            if (count == 0) {
                // What the guest wrote before it paused, the client gets now.
                out.flush();
                count = exchange.output().read(chunk, probeInterval);
            }
            if (count > 0) {
                out.write(bytes, 0, count);
            } else if (count == 0 && !isWorthWaiting(exchange)) {
                return;
            }
        }
    }

    private boolean isWorthWaiting(Exchange exchange) throws IOException {
        if (exchange.isClientGone()) {
            throw new ClientGoneException();
        }
        if (exchange.invocation().isOverdue(stopGrace)) {
            invoker.abandon(exchange.invocation());
            return false;
        }
        return true;
    }
}

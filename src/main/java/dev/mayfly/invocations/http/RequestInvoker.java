package dev.mayfly.invocations.http;

import dev.mayfly.access.KeyHolder;
import dev.mayfly.functions.FunctionLimits;
import dev.mayfly.functions.ResolvedVersion;
import dev.mayfly.invocations.Call;
import dev.mayfly.invocations.Invocation;
import dev.mayfly.invocations.InvocationProperties;
import dev.mayfly.invocations.InvocationRequest;
import dev.mayfly.invocations.Invoker;
import dev.mayfly.invocations.connections.ClientConnection;
import dev.mayfly.invocations.connections.ProbeRounds;
import dev.mayfly.invocations.streams.BufferBudget;
import dev.mayfly.invocations.streams.BytePipe;
import dev.mayfly.invocations.streams.GuestStdin;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemWriter;
import dev.mayfly.scheduling.Admission;
import dev.mayfly.scheduling.OverCapacityException;
import dev.mayfly.scheduling.ShuttingDownException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Invokes a function for a request, from the body to the response. */
@Component
final class RequestInvoker {

    /**
     * What the instance is started with.
     *
     * @param arguments of the program, its name first
     * @param environment of the program
     * @param format of its output
     */
    record Start(List<String> arguments, Map<String, String> environment, ResponseFormat format) {}

    private final Invoker invoker;
    private final ResponseRelay relay;
    private final ProblemWriter problems;
    private final CallReader calls;
    private final BufferBudget buffers;
    private final int inputBuffer;
    private final int pipeBuffer;

    RequestInvoker(
            Invoker invoker,
            InvocationProperties properties,
            BufferBudget buffers,
            ProblemWriter problems,
            ProbeRounds rounds,
            JsonMapper json) {
        this.invoker = invoker;
        this.relay = new ResponseRelay(invoker, properties, rounds, json);
        this.problems = problems;
        this.calls = new CallReader(json);
        this.buffers = buffers;
        this.inputBuffer = (int) properties.inputBuffer().toBytes();
        this.pipeBuffer = (int) properties.pipeBuffer().toBytes();
    }

    /**
     * Answers a request with what a function makes of it, or with the problem that kept it from that.
     *
     * @throws IOException if the client is gone
     */
    void invoke(ResolvedVersion version, Start start, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        FunctionLimits limits = version.configuration().limits();
        try (RequestBody body = RequestBody.read(request, inputBuffer, limits.maxInputBytes(), buffers)) {
            invoke(version, start, body, request, response);
        }
    }

    private void invoke(
            ResolvedVersion version,
            Start start,
            RequestBody body,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        String export = version.configuration().entryPoint();
        if (export != null) {
            Call call = calls.function(export, body, start.arguments(), start.environment());
            relay(admit(version, call, GuestStdin.empty(), request), start, null, request, response);
        } else if (body.complete()) {
            GuestStdin stdin = new GuestStdin(body.bytes(), null);
            relay(admit(version, command(start), stdin, request), start, null, request, response);
        } else {
            relayWhilePumping(version, start, body, request, response);
        }
    }

    private static Call command(Start start) {
        return new Call.Command(start.arguments(), start.environment());
    }

    private Invocation admit(ResolvedVersion version, Call call, GuestStdin stdin, HttpServletRequest request) {
        Duration patience = QueueTimeout.of(request, invoker.queueTimeout());
        try {
            return invoker.start(new InvocationRequest(version, call, stdin, caller(request), patience));
        } catch (OverCapacityException refusal) {
            throw InvocationProblems.overCapacity(refusal);
        } catch (ShuttingDownException refusal) {
            throw InvocationProblems.shuttingDown();
        }
    }

    private static Admission.@Nullable Caller caller(HttpServletRequest request) {
        return KeyHolder.of(request)
                .map(holder -> new Admission.Caller(holder.name(), holder.maxConcurrency()))
                .orElse(null);
    }

    private void relay(
            Invocation invocation,
            Start start,
            @Nullable BodyPump pump,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        try {
            relay.relay(new Exchange(invocation, start.format(), ClientConnection.of(request), pump, response));
        } catch (ProblemException e) {
            problems.write(e, response);
        } finally {
            invocation.output().sever();
        }
    }

    private void relayWhilePumping(
            ResolvedVersion version,
            Start start,
            RequestBody body,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        BytePipe rest = new BytePipe(pipeBuffer, buffers);
        long room =
                version.configuration().limits().maxInputBytes() - body.bytes().remaining();
        BodyPump pump = new BodyPump(request.getInputStream(), rest, room);
        Invocation invocation = admit(version, command(start), new GuestStdin(body.bytes(), rest), request);
        Thread pumping = pump.start(new StopInvocation(invocation));
        try {
            relay(invocation, start, pump, request, response);
        } finally {
            rest.sever();
            finish(response, pumping);
        }
    }

    /**
     * Waits until the body is read no more: before, the request must not end. A client that sends nothing more can make
     * this last until its connection times out, so it gets the whole response first.
     */
    private static void finish(HttpServletResponse response, Thread pumping) throws IOException {
        try {
            response.getOutputStream().close();
        } finally {
            joinUninterruptibly(pumping);
        }
    }

    private static void joinUninterruptibly(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private final class StopInvocation implements BodyPump.Listener {

        private final Invocation invocation;

        StopInvocation(Invocation invocation) {
            this.invocation = invocation;
        }

        @Override
        public void clientGone() {
            invoker.clientGone(invocation);
        }

        @Override
        public void tooLarge() {
            invoker.inputTooLarge(invocation);
        }
    }
}

package dev.mayfly.invocations.http;

import dev.mayfly.access.Gate;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * The short way to functions: takes requests that plainly lead to one straight to the controllers, past all filters and
 * Spring MVC, which would cost more than running the function does. Whatever is not plain goes the long way and ends at
 * the same controllers.
 */
final class DataPlaneFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private final transient Gate gate;
    private final transient InvocationController calls;
    private final transient GatewayController visits;
    private final transient InvocationErrors errors;
    private final transient RequestMetrics metrics;

    DataPlaneFilter(
            Gate gate,
            InvocationController calls,
            GatewayController visits,
            InvocationErrors errors,
            RequestMetrics metrics) {
        this.gate = gate;
        this.calls = calls;
        this.visits = visits;
        this.errors = errors;
        this.metrics = metrics;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain longWay)
            throws IOException, ServletException {
        Optional<DataPlanePath> path = DataPlanePath.of(request);
        if (path.isEmpty()) {
            longWay.doFilter(request, response);
            return;
        }
        long start = System.nanoTime();
        try {
            pass(path.get(), request, response);
        } finally {
            metrics.record(path.get().target(), request.getMethod(), response.getStatus(), System.nanoTime() - start);
        }
        giveWay();
    }

    /**
     * The response is sent. While others have their turn the client may send its next request, and a connection that has
     * one need not go back to the selector.
     */
    @SuppressWarnings("ThreadPriorityCheck") // worth some throughput, and nothing relies on it
    private static void giveWay() {
        Thread.yield();
    }

    private void pass(DataPlanePath path, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        switch (path.target()) {
            case CALL ->
                gate.call(
                        request,
                        response,
                        serve((admitted, answer) -> calls.invoke(path.function(), admitted, answer)));
            case VISIT ->
                gate.visit(
                        request,
                        response,
                        serve((admitted, answer) -> visits.serve(path.function(), admitted, answer)));
        }
    }

    /** One of the controllers. */
    @FunctionalInterface
    private interface Handler {

        void handle(HttpServletRequest request, HttpServletResponse response) throws IOException;
    }

    private FilterChain serve(Handler handler) {
        return (request, response) -> {
            HttpServletRequest admitted = (HttpServletRequest) request;
            HttpServletResponse answer = (HttpServletResponse) response;
            try {
                handler.handle(admitted, answer);
            } catch (IOException clientGone) {
                errors.handle(clientGone);
            } catch (RuntimeException e) {
                errors.handle(e, admitted, answer);
            }
        };
    }
}

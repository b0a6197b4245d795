package dev.mayfly.workers;

import dev.mayfly.cluster.Content;
import dev.mayfly.cluster.PerKind;
import dev.mayfly.cluster.ProtocolException;
import dev.mayfly.cluster.Refusal;
import dev.mayfly.cluster.StatusCodec;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves control planes, and lets nobody else near what is theirs. It stands before all other filters and Spring MVC, which
 * would cost more than running a function does, and before API keys, which do not count here.
 */
final class WorkerFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private static final Logger LOG = LoggerFactory.getLogger(WorkerFilter.class);

    private static final String ROOT = "/internal/";

    private final transient ClusterGate gate;
    private final transient ExecutionEndpoint executions;
    private final transient InputEndpoint inputs;
    private final transient PerKind<ContentEndpoint> contents;

    WorkerFilter(
            ClusterGate gate, ExecutionEndpoint executions, InputEndpoint inputs, PerKind<ContentEndpoint> contents) {
        this.gate = gate;
        this.executions = executions;
        this.inputs = inputs;
        this.contents = contents;
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain others)
            throws IOException, ServletException {
        if (!request.getRequestURI().startsWith(ROOT)) {
            others.doFilter(request, response);
            return;
        }
        Optional<Exchange> exchange = gate.admit(request, response);
        if (exchange.isPresent()) {
            serve(exchange.get());
        }
        giveWay();
    }

    /** The answer is sent; the next request may be here before the connection goes back to the selector. */
    @SuppressWarnings("ThreadPriorityCheck") // worth some throughput, and nothing relies on it
    private static void giveWay() {
        Thread.yield();
    }

    private void serve(Exchange exchange) throws IOException {
        try {
            dispatch(exchange);
        } catch (ProtocolException e) {
            LOG.warn("A request of the cluster is not what the protocol says: {}", e.getMessage());
            exchange.fail(new ProblemException(ProblemType.INVALID_REQUEST, "Not what the protocol says."));
        } catch (IOException gone) {
            LOG.debug("A control plane is gone", gone);
        } catch (RuntimeException fault) {
            exchange.fault(fault);
        }
    }

    private void dispatch(Exchange exchange) throws IOException {
        Optional<WorkerPath> path = WorkerPath.of(exchange.request());
        if (path.isEmpty()) {
            exchange.fail(new ProblemException(ProblemType.NOT_FOUND, "There is nothing here."));
        } else if (path.get() instanceof WorkerPath.Status) {
            status(exchange);
        } else if (!exchange.isForUs()) {
            exchange.refuse(Refusal.DRAINING);
        } else {
            dispatch(path.get(), exchange);
        }
    }

    private void dispatch(WorkerPath path, Exchange exchange) throws IOException {
        switch (path) {
            case WorkerPath.Execute _ -> executions.execute(exchange);
            case WorkerPath.Input(var id) -> inputs.receive(id, exchange);
            case WorkerPath.Cancel(var id) -> inputs.cancel(id, exchange);
            case WorkerPath.Take(Content(var kind, var digest)) ->
                contents.of(kind).put(digest, exchange);
            case WorkerPath.Status _ -> status(exchange);
        }
    }

    private static void status(Exchange exchange) throws IOException {
        byte[] status = StatusCodec.encode(exchange.self().status());
        exchange.begin(200);
        exchange.response().setContentType("application/json");
        exchange.response().setContentLength(status.length);
        exchange.response().getOutputStream().write(status);
    }
}

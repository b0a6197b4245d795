package dev.mayfly.invocations.http;

import dev.mayfly.invocations.Invocation;
import dev.mayfly.invocations.InvocationResult;
import dev.mayfly.sandbox.Outcome;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a response says of its invocation besides the body. */
final class ResponseHeaders {

    static final String INVOCATION_ID = "Mayfly-Invocation-Id";
    static final String VERSION = "Mayfly-Version";
    static final String ENGINE = "Mayfly-Engine";
    static final String EXIT_CODE = "Mayfly-Exit-Code";
    static final String OUTCOME = "Mayfly-Outcome";
    static final String SERVER_TIMING = "Server-Timing";

    private ResponseHeaders() {}

    /** Names what runs. */
    static void identify(Invocation invocation, HttpServletResponse response) {
        response.setHeader(INVOCATION_ID, invocation.id().toString());
        response.setHeader(
                VERSION, Integer.toString(invocation.request().version().version()));
    }

    /** Names what runs it, which is certain once its module was loaded. */
    static void nameEngine(Invocation invocation, HttpServletResponse response) {
        response.setHeader(ENGINE, invocation.engine());
    }

    /** Tells what came of it. */
    static void conclude(Invocation invocation, HttpServletResponse response) {
        response.setHeader(OUTCOME, invocation.outcome().id());
        if (invocation.result().orElse(null) instanceof InvocationResult.Ran(var execution, var timing)) {
            response.setHeader(SERVER_TIMING, text(timing));
            if (execution.outcome() instanceof Outcome.Exited(int code)) {
                response.setHeader(EXIT_CODE, Integer.toString(code));
            }
        }
    }

    /**
     * Announces that trailers will tell what came of it.
     *
     * @return whether they will: the protocol of the request may have none
     */
    static boolean announceTrailers(Invocation invocation, HttpServletResponse response) {
        try {
            response.setTrailerFields(() -> trailers(invocation));
            response.setHeader("Trailer", OUTCOME + ", " + EXIT_CODE);
            return true;
        } catch (IllegalStateException http10) {
            return false;
        }
    }

    private static Map<String, String> trailers(Invocation invocation) {
        Map<String, String> trailers = new LinkedHashMap<>();
        trailers.put(OUTCOME, invocation.outcome().id());
        if (invocation.result().orElse(null) instanceof InvocationResult.Ran ran
                && ran.execution().outcome() instanceof Outcome.Exited(int code)) {
            trailers.put(EXIT_CODE, Integer.toString(code));
        }
        return trailers;
    }

    private static String text(InvocationResult.Timing timing) {
        return "queue;dur=" + millis(timing.queue()) + ", start;dur=" + millis(timing.start()) + ", run;dur="
                + millis(timing.run());
    }

    /** Milliseconds with three digits behind the point, without the cost of a formatter. */
    private static String millis(Duration duration) {
        long micros = Math.max(0, duration.toNanos() / 1000);
        String fraction = Long.toString(1000 + micros % 1000);
        return micros / 1000 + "." + fraction.substring(1);
    }
}

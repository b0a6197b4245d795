package dev.mayfly.invocations.http;

import dev.mayfly.functions.ResolvedVersion;
import dev.mayfly.invocations.DeferredCall;
import dev.mayfly.invocations.DeferredCalls;
import dev.mayfly.invocations.streams.BufferBudget;
import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Takes requests whose clients do not wait for the end: reads all of the body, has it kept, and says where to look. */
@Component
final class DeferredRequests {

    private static final String CALLBACK = "Mayfly-Callback";
    private static final String NOT_BEFORE = "Mayfly-Not-Before";
    private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

    private final ObjectProvider<DeferredCalls> calls;
    private final BufferBudget buffers;
    private final JsonMapper json;

    DeferredRequests(ObjectProvider<DeferredCalls> calls, BufferBudget buffers, JsonMapper json) {
        this.calls = calls;
        this.buffers = buffers;
        this.json = json;
    }

    /**
     * Answers 202, or with a problem.
     *
     * @param version that it would run now, which says how long its input may be
     */
    void accept(
            ResolvedVersion version, InvocationQuery query, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        DeferredCalls keeper = calls.getObject();
        long limit = Math.min(version.configuration().limits().maxInputBytes(), keeper.maxInputBytes());
        // One byte more than there may be tells whether there are more.
        int most = (int) Math.min(Integer.MAX_VALUE - 8L, limit + 1);
        try (RequestBody body = RequestBody.read(request, most, limit, buffers)) {
            UUID id = keeper.accept(new DeferredCall(
                    version.function(),
                    query.selector(),
                    query.arguments(),
                    body.bytes(),
                    callback(request),
                    request.getHeader(IDEMPOTENCY_KEY),
                    notBefore(request)));
            answer(id, response);
        }
    }

    private void answer(UUID id, HttpServletResponse response) throws IOException {
        byte[] body = json.writeValueAsBytes(Map.of("id", id, "state", "queued"));
        response.setStatus(HttpStatus.ACCEPTED.value());
        response.setHeader(HttpHeaders.LOCATION, "/v1/invocations/" + id);
        response.setHeader("Preference-Applied", "respond-async");
        response.setHeader(ResponseHeaders.INVOCATION_ID, id.toString());
        response.setContentType(MediaType.APPLICATION_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    private static @Nullable URI callback(HttpServletRequest request) {
        String text = request.getHeader(CALLBACK);
        try {
            return text == null ? null : new URI(text);
        } catch (URISyntaxException e) {
            throw new ProblemException(ProblemType.INVALID_REQUEST, "The header " + CALLBACK + " is no URL.");
        }
    }

    private static @Nullable Instant notBefore(HttpServletRequest request) {
        String text = request.getHeader(NOT_BEFORE);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST,
                    "The header " + NOT_BEFORE + " is no time as in 2030-01-31T12:00:00Z.");
        }
    }
}

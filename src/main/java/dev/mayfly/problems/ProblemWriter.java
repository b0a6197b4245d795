package dev.mayfly.problems;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Writes problems as JSON (RFC 9457) where no controller does, whatever the request accepts: a client that asked for a
 * function's output has no type in mind.
 */
@Component
public final class ProblemWriter {

    private final JsonMapper json;

    ProblemWriter(JsonMapper json) {
        this.json = json;
    }

    /** Answers with a problem; does nothing if an answer has begun. */
    public void write(ProblemException e, HttpServletResponse response) throws IOException {
        if (e.retryAfter() != null && !response.isCommitted()) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, Long.toString(e.retryAfter().toSeconds()));
        }
        write(e.problem(), response);
    }

    /**
     * Answers with a problem without members of its own; does nothing if an answer has begun.
     *
     * @param detail what happened this time, for the client's eyes
     */
    public void write(ProblemType type, String detail, HttpServletResponse response) throws IOException {
        write(type.with(detail), response);
    }

    /**
     * Logs a fault that nobody foresaw, and answers with as much of it as is for the client's eyes.
     *
     * @throws RuntimeException the fault itself, if an answer has begun: then only breaking it off tells the client
     */
    public void writeFault(RuntimeException fault, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        if (response.isCommitted()) {
            throw fault;
        }
        write(report(fault, request), response);
    }

    /** Logs a fault that nobody foresaw, and makes a problem of as much of it as is for the client's eyes. */
    public ProblemException report(RuntimeException fault, HttpServletRequest request) {
        String where = request.getMethod() + " " + request.getRequestURI();
        return new ProblemException(UnexpectedProblems.report(fault, where), null);
    }

    private void write(ProblemDetail problem, HttpServletResponse response) throws IOException {
        if (response.isCommitted()) {
            return;
        }
        byte[] body = bytes(problem);
        response.setStatus(problem.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.setContentLength(body.length);
        response.getOutputStream().write(body);
    }

    /** The document that describes a problem. */
    byte[] bytes(ProblemDetail problem) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("type", problem.getType());
        members.put("title", problem.getTitle());
        members.put("status", problem.getStatus());
        members.put("detail", problem.getDetail());
        if (problem.getProperties() != null) {
            members.putAll(problem.getProperties());
        }
        return json.writeValueAsBytes(members);
    }
}

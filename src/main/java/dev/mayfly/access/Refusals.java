package dev.mayfly.access;

import dev.mayfly.problems.ProblemType;
import dev.mayfly.problems.ProblemWriter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** Answers requests that are not let in. */
final class Refusals implements AuthenticationEntryPoint, RequestRejectedHandler {

    private final boolean keysConfigured;
    private final ProblemWriter problems;

    Refusals(ApiKeys keys, ProblemWriter problems) {
        this.keysConfigured = keys.configured();
        this.problems = problems;
    }

    /** The caller is not known, or not from here. */
    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        refuse(request, response);
    }

    void refuse(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (keysConfigured) {
            askForKey(request.getHeader(HttpHeaders.AUTHORIZATION) != null, response);
        } else {
            problems.write(ProblemType.FORBIDDEN, LocalRequests.REFUSAL, response);
        }
    }

    private void askForKey(boolean presented, HttpServletResponse response) throws IOException {
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, presented ? "Bearer error=\"invalid_token\"" : "Bearer");
        problems.write(
                ProblemType.UNAUTHORIZED,
                presented
                        ? "The API key is not one that is accepted here."
                        : "Send an API key as 'Authorization: Bearer <key>'.",
                response);
    }

    /** The request is not of a form that anything here takes. */
    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, RequestRejectedException e)
            throws IOException {
        problems.write(
                ProblemType.INVALID_REQUEST,
                "The request's method, its path or one of its headers has a form that is not accepted.",
                response);
    }
}

package dev.mayfly.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.header.HeaderWriter;

/**
 * Keeps pages that functions serve away from the API while it needs no key: they share its origin, so their scripts
 * could call it. A sandboxed page has an origin of its own. The header is added when the response is about to be sent
 * and beside what the function sets: browsers enforce both.
 */
final class FunctionPageSandbox implements HeaderWriter {

    private static final String POLICY = "sandbox allow-downloads allow-forms allow-modals allow-popups allow-scripts";

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        response.addHeader("Content-Security-Policy", POLICY);
    }
}

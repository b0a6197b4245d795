package dev.mayfly.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/**
 * Keeps pages that functions serve away from the API while it needs no key: they share its origin, so their scripts
 * could call it. A sandboxed page has an origin of its own. The header is added when the response is about to be sent
 * and beside what the function sets: browsers enforce both.
 */
class FunctionPageSandbox implements HeaderWriter {

    private static final String POLICY = "sandbox allow-downloads allow-forms allow-modals allow-popups allow-scripts";

    private final RequestMatcher gateway;

    FunctionPageSandbox(String gateway) {
        this.gateway = PathPatternRequestMatcher.withDefaults().matcher(gateway);
    }

    @Override
    public void writeHeaders(HttpServletRequest request, HttpServletResponse response) {
        if (gateway.matches(request)) {
            response.addHeader("Content-Security-Policy", POLICY);
        }
    }
}

package dev.mayfly.access;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.security.web.firewall.HttpFirewall;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.header.HeaderWriter;
import org.springframework.security.web.header.HeaderWriterFilter;
import org.springframework.security.web.header.writers.CacheControlHeadersWriter;
import org.springframework.security.web.header.writers.HstsHeaderWriter;
import org.springframework.security.web.header.writers.XContentTypeOptionsHeaderWriter;
import org.springframework.security.web.header.writers.XXssProtectionHeaderWriter;
import org.springframework.security.web.header.writers.frameoptions.XFrameOptionsHeaderWriter;

/**
 * Lets requests in by the rules that Spring Security's filters are configured with, for what is served before those: the
 * dozen of them costs an invocation more than its instance does. The firewall, the rules and the answers' headers are
 * the same.
 */
public final class Gate {

    private final HttpFirewall firewall;
    private final ApiKeys keys;
    private final Refusals refusals;
    private final HeaderWriterFilter callHeaders;
    private final HeaderWriterFilter visitHeaders;

    Gate(HttpFirewall firewall, ApiKeys keys, Refusals refusals) {
        this.firewall = firewall;
        this.keys = keys;
        this.refusals = refusals;
        // Those that Spring Security adds by default.
        List<HeaderWriter> usual = List.of(
                new XContentTypeOptionsHeaderWriter(),
                new XXssProtectionHeaderWriter(),
                new CacheControlHeadersWriter(),
                new HstsHeaderWriter(),
                new XFrameOptionsHeaderWriter());
        this.callHeaders = new HeaderWriterFilter(usual);
        this.visitHeaders = keys.configured()
                ? callHeaders
                : new HeaderWriterFilter(Stream.concat(usual.stream(), Stream.of(new FunctionPageSandbox()))
                        .toList());
    }

    /**
     * Serves a call of the API, if it may be made.
     *
     * @param inside serves it
     */
    public void call(HttpServletRequest request, HttpServletResponse response, FilterChain inside)
            throws IOException, ServletException {
        pass(request, response, callHeaders, (admitted, answer) -> {
            if (mayCall(request)) {
                inside.doFilter(admitted, answer);
            } else {
                refusals.refuse(request, (HttpServletResponse) answer);
            }
        });
    }

    /**
     * Serves a request to a function's own address, which is open to everybody.
     *
     * @param inside serves it
     */
    public void visit(HttpServletRequest request, HttpServletResponse response, FilterChain inside)
            throws IOException, ServletException {
        if (keys.configured()) {
            recognise(request);
        }
        pass(request, response, visitHeaders, inside);
    }

    private boolean mayCall(HttpServletRequest request) {
        return keys.configured() ? recognise(request) : LocalRequests.isLocal(request);
    }

    /** Whether the caller is known by a key; who it is goes with the request. */
    private boolean recognise(HttpServletRequest request) {
        Optional<KeyHolder> holder = ApiKeyFilter.presentedKey(request).flatMap(keys::holderOf);
        holder.ifPresent(known -> known.attachTo(request));
        return holder.isPresent();
    }

    private void pass(
            HttpServletRequest request, HttpServletResponse response, HeaderWriterFilter headers, FilterChain inside)
            throws IOException, ServletException {
        try {
            headers.doFilter(firewall.getFirewalledRequest(request), firewall.getFirewalledResponse(response), inside);
        } catch (RequestRejectedException e) {
            refusals.handle(request, response, e);
        }
    }
}

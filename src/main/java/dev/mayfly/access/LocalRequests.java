package dev.mayfly.access;

import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * Without API keys, whoever calls from this machine may. A browser on this machine reaches it too, on behalf
 * of any web site it shows, so two things are refused: a request addressed to a name that is not this machine's (a
 * site's own name, pointed to 127.0.0.1: DNS rebinding), and a request that a page of another origin makes.
 */
class LocalRequests implements AuthorizationManager<RequestAuthorizationContext> {

    static final String REFUSAL = "Mayfly runs without API keys and so serves only requests that are addressed to"
            + " localhost and that no other web site makes.";

    private static final Pattern LOOPBACK_IPV4 = Pattern.compile("127(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Set<String> OWN_FETCHES = Set.of("same-origin", "none");

    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> caller, RequestAuthorizationContext context) {
        return new AuthorizationDecision(isLocal(context.getRequest()));
    }

    static boolean isLocal(HttpServletRequest request) {
        return isFromThisMachine(request) && isAddressedToThisMachine(request) && isOfNoOtherSite(request);
    }

    /** Workers listen on other addresses as well. */
    private static boolean isFromThisMachine(HttpServletRequest request) {
        String address = request.getRemoteAddr();
        return LOOPBACK_IPV4.matcher(address).matches()
                || InetAddress.ofLiteral(address).isLoopbackAddress();
    }

    private static boolean isAddressedToThisMachine(HttpServletRequest request) {
        return isLoopback(request.getServerName());
    }

    /** By Fetch Metadata where the browser sends it, and by the Origin header of older ones. */
    private static boolean isOfNoOtherSite(HttpServletRequest request) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null && !OWN_FETCHES.contains(site)) {
            return false;
        }
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        return origin == null || isOwnOrigin(origin, request);
    }

    private static boolean isOwnOrigin(String origin, HttpServletRequest request) {
        try {
            URI uri = new URI(origin);
            return request.getServerName().equalsIgnoreCase(uri.getHost()) && request.getServerPort() == portOf(uri);
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static int portOf(URI origin) {
        if (origin.getPort() != -1) {
            return origin.getPort();
        }
        return "https".equalsIgnoreCase(origin.getScheme()) ? 443 : 80;
    }

    /** By its form alone: looking the name up would ask the very name server that is not to be trusted. */
    static boolean isLoopback(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.equals("::1")
                || name.equals("[::1]")
                || LOOPBACK_IPV4.matcher(name).matches();
    }
}

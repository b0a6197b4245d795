package dev.mayfly.callbacks;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses that may be called back: {@code [scheme://]host[:port][/path]}.
 *
 * @param scheme {@code https}, unless {@code http} is asked for
 * @param host a name or an address; with {@code *.} before it, any name below it
 * @param port of the host; that of the scheme unless another is given
 * @param path all that lies at or below it
 */
record AllowedTarget(String scheme, String host, int port, String path) {

    private static final Pattern FORM =
            Pattern.compile("(?:(https?)://)?((?:\\*\\.)?[a-z0-9.-]+|\\[[0-9a-f:.]+])(?::([0-9]{1,5}))?(/[^?#\\s]*)?");
    private static final String WILDCARD = "*.";

    /**
     * Reads an entry of the operator's list.
     *
     * @throws IllegalArgumentException if it is none
     */
    static AllowedTarget parse(String entry) {
        Matcher parts = FORM.matcher(entry.strip());
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    "mayfly.callbacks.allow: '" + entry + "' is not of the form [scheme://]host[:port][/path]");
        }
        String scheme = parts.group(1) == null ? "https" : parts.group(1);
        int port = parts.group(3) == null ? standardPort(scheme) : Integer.parseInt(parts.group(3));
        String path = parts.group(4) == null ? "/" : parts.group(4);
        return new AllowedTarget(scheme, parts.group(2), port, path.endsWith("/") ? path : path + "/");
    }

    /** Whether an address that {@link CallbackAddress} has passed is one of these. */
    boolean covers(URI address) {
        String scheme = address.getScheme().toLowerCase(Locale.ROOT);
        int at = address.getPort() < 0 ? standardPort(scheme) : address.getPort();
        return scheme.equals(this.scheme) && at == port && isHost(address.getHost()) && isBelow(address.getRawPath());
    }

    boolean isHost(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return isWildcard()
                ? lower.endsWith(host.substring(1)) && lower.length() > host.length() - 1
                : lower.equals(host);
    }

    boolean isWildcard() {
        return host.startsWith(WILDCARD);
    }

    private boolean isBelow(@Nullable String rawPath) {
        String asked = rawPath == null || rawPath.isEmpty() ? "/" : rawPath;
        return asked.startsWith(path) || (asked + "/").equals(path);
    }

    private static int standardPort(String scheme) {
        return scheme.equals("https") ? 443 : 80;
    }
}

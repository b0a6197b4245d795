package dev.mayfly.invocations.http;

import dev.mayfly.problems.ProblemException;
import dev.mayfly.problems.ProblemType;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A request as a CGI/1.1 program sees it (RFC 3875, section 4).
 *
 * @param request to describe
 * @param scriptName the part of the path that names the function
 * @param pathInfo the rest of the path, decoded
 */
record CgiRequest(HttpServletRequest request, String scriptName, String pathInfo) {

    private static final int MOST_HEADERS = 100;

    /**
     * Headers that are not passed on: credentials that are for the platform, what concerns the connection only, what has
     * a variable of its own, and {@code Proxy}, because {@code HTTP_PROXY} is a setting to many programs.
     */
    private static final Set<String> WITHHELD = Set.of(
            "authorization",
            "connection",
            "content-length",
            "content-type",
            "expect",
            "keep-alive",
            "proxy",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    /**
     * Divides a request's path.
     *
     * @param scriptName what it begins with
     */
    static CgiRequest of(HttpServletRequest request, String scriptName) {
        String path = request.getRequestURI().substring(request.getContextPath().length());
        return new CgiRequest(request, scriptName, decodePath(path.substring(scriptName.length())));
    }

    /** By the convention of Wagi each part of the query is an argument. */
    List<String> arguments() {
        String query = query();
        return query.isEmpty()
                ? List.of()
                : Arrays.stream(query.split("&", -1))
                        .map(part -> decode(part, part))
                        .toList();
    }

    /**
     * The request's meta-variables.
     *
     * @param configured variables of the function, which a request does not override
     */
    Map<String, String> environment(Map<String, String> configured) {
        Map<String, String> variables = new LinkedHashMap<>();
        addHeaders(variables);
        variables.put("GATEWAY_INTERFACE", "CGI/1.1");
        variables.put("REQUEST_METHOD", request.getMethod());
        variables.put("SCRIPT_NAME", scriptName);
        variables.put("PATH_INFO", pathInfo);
        variables.put("QUERY_STRING", query());
        variables.put("REMOTE_ADDR", request.getRemoteAddr());
        variables.put("SERVER_NAME", request.getServerName());
        variables.put("SERVER_PORT", Integer.toString(request.getServerPort()));
        variables.put("SERVER_PROTOCOL", request.getProtocol());
        variables.put("SERVER_SOFTWARE", "Mayfly");
        if (request.getContentType() != null) {
            variables.put("CONTENT_TYPE", request.getContentType());
        }
        if (request.getContentLengthLong() >= 0) {
            variables.put("CONTENT_LENGTH", Long.toString(request.getContentLengthLong()));
        }
        variables.putAll(configured);
        return variables;
    }

    private String query() {
        return request.getQueryString() == null ? "" : request.getQueryString();
    }

    private void addHeaders(Map<String, String> variables) {
        List<String> names = Collections.list(request.getHeaderNames());
        if (names.size() > MOST_HEADERS) {
            throw new ProblemException(
                    ProblemType.INVALID_REQUEST, "The request has more than " + MOST_HEADERS + " headers.");
        }
        for (String name : names) {
            String lower = name.toLowerCase(Locale.ROOT);
            // A name with an underscore could pass for another one with a hyphen.
            if (!WITHHELD.contains(lower) && lower.indexOf('_') < 0) {
                variables.put(variable(name), String.join(", ", Collections.list(request.getHeaders(name))));
            }
        }
    }

    private static String variable(String header) {
        return "HTTP_" + header.toUpperCase(Locale.ROOT).replace('-', '_');
    }

    private static String decodePath(String path) {
        // In a path, unlike in a query, a plus sign is itself.
        return decode(path.replace("+", "%2B"), path);
    }

    private static String decode(String text, String otherwise) {
        try {
            String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
            return decoded.indexOf('\0') < 0 ? decoded : otherwise;
        } catch (IllegalArgumentException e) {
            return otherwise;
        }
    }
}

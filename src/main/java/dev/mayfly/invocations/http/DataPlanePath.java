package dev.mayfly.invocations.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/**
 * Where a request wants to go, if it is to a function and says so plainly.
 *
 * @param target what it names
 * @param function the name of the function; its characters are those of a name
 */
record DataPlanePath(Target target, String function) {

    private static final String CALLS = "/v1/functions/";
    private static final String CALL = "/invocations";
    private static final String GATEWAY = "/f/";

    /** What a request can ask of a function. */
    enum Target {
        CALL("/v1/functions/{name}/invocations"),
        VISIT("/f/{name}/**");

        private final String template;

        Target(String template) {
            this.template = template;
        }

        /** All paths to it. */
        String template() {
            return template;
        }
    }

    /** The path of a request; empty if it leads elsewhere, or perhaps here but by characters that must be decoded. */
    static Optional<DataPlanePath> of(HttpServletRequest request) {
        String path = request.getRequestURI();
        int start = request.getContextPath().length();
        if (path.startsWith(GATEWAY, start)) {
            int from = start + GATEWAY.length();
            int to = endOfName(path, from);
            boolean whole = to == path.length() || path.charAt(to) == '/';
            return path(Target.VISIT, path, from, to, whole);
        }
        if (path.startsWith(CALLS, start) && request.getMethod().equals("POST")) {
            int from = start + CALLS.length();
            int to = endOfName(path, from);
            return path(Target.CALL, path, from, to, path.substring(to).equals(CALL));
        }
        return Optional.empty();
    }

    private static Optional<DataPlanePath> path(Target target, String path, int from, int to, boolean whole) {
        return whole && to > from ? Optional.of(new DataPlanePath(target, path.substring(from, to))) : Optional.empty();
    }

    private static int endOfName(String path, int from) {
        int at = from;
        while (at < path.length() && isOfName(path.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isOfName(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
    }
}

package dev.mayfly.workers;

import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.cluster.ClusterPaths;
import dev.mayfly.cluster.Content;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request asks of a worker. */
sealed interface WorkerPath {

    record Execute() implements WorkerPath {}

    record Input(UUID id) implements WorkerPath {}

    record Cancel(UUID id) implements WorkerPath {}

    record Take(Content content) implements WorkerPath {}

    record Status() implements WorkerPath {}

    Pattern OF_EXECUTION = Pattern.compile(
            Pattern.quote(ClusterPaths.EXECUTIONS) + "/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(/input)?");

    Pattern OF_CONTENT = Pattern.compile("(.*/)([0-9a-f]{64})");

    /** Reads a request's method and path; empty if there is nothing there. */
    static Optional<WorkerPath> of(HttpServletRequest request) {
        String path = request.getRequestURI();
        return switch (request.getMethod()) {
            case "POST" -> path.equals(ClusterPaths.EXECUTIONS) ? Optional.of(new Execute()) : input(path);
            case "GET" -> path.equals(ClusterPaths.STATUS) ? Optional.of(new Status()) : Optional.empty();
            case "PUT" -> content(path);
            case "DELETE" -> cancel(path);
            default -> Optional.empty();
        };
    }

    private static Optional<WorkerPath> input(String path) {
        Matcher form = OF_EXECUTION.matcher(path);
        return form.matches() && form.group(2) != null
                ? Optional.of(new Input(UUID.fromString(form.group(1))))
                : Optional.empty();
    }

    private static Optional<WorkerPath> cancel(String path) {
        Matcher form = OF_EXECUTION.matcher(path);
        return form.matches() && form.group(2) == null
                ? Optional.of(new Cancel(UUID.fromString(form.group(1))))
                : Optional.empty();
    }

    private static Optional<WorkerPath> content(String path) {
        Matcher form = OF_CONTENT.matcher(path);
        return form.matches()
                ? Arrays.stream(Content.Kind.values())
                        .filter(kind -> kind.path().equals(form.group(1)))
                        .findFirst()
                        .map(kind -> new Take(new Content(kind, new ContentDigest(form.group(2)))))
                : Optional.empty();
    }
}

package dev.mayfly.workers;

import dev.mayfly.artifacts.ModuleDigest;
import dev.mayfly.cluster.ClusterPaths;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a request asks of a worker. */
sealed interface WorkerPath {

    record Execute() implements WorkerPath {}

    record Input(UUID id) implements WorkerPath {}

    record Cancel(UUID id) implements WorkerPath {}

    record Module(ModuleDigest digest) implements WorkerPath {}

    record Status() implements WorkerPath {}

    Pattern OF_EXECUTION = Pattern.compile(
            Pattern.quote(ClusterPaths.EXECUTIONS) + "/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(/input)?");

    Pattern OF_MODULE = Pattern.compile(Pattern.quote(ClusterPaths.MODULES) + "([0-9a-f]{64})");

    /** Reads a request's method and path; empty if there is nothing there. */
    static Optional<WorkerPath> of(HttpServletRequest request) {
        String path = request.getRequestURI();
        return switch (request.getMethod()) {
            case "POST" -> path.equals(ClusterPaths.EXECUTIONS) ? Optional.of(new Execute()) : input(path);
            case "GET" -> path.equals(ClusterPaths.STATUS) ? Optional.of(new Status()) : Optional.empty();
            case "PUT" -> module(path);
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

    private static Optional<WorkerPath> module(String path) {
        Matcher form = OF_MODULE.matcher(path);
        return form.matches() ? Optional.of(new Module(new ModuleDigest(form.group(1)))) : Optional.empty();
    }
}

package dev.mayfly.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A process that runs Mayfly; can be killed, paused and started again. */
final class Node {

    private static final HttpClient PROBE = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();

    private final String name;
    private final int port;
    private final Path directory;
    private final List<String> command;
    private final Map<String, String> environment;
    private @Nullable Process process;

    /**
     * A node that does not run yet.
     *
     * @param directory of its data; its log is beside it
     * @param environment what is not for every user of this machine to see in a command
     */
    Node(String name, int port, Path directory, List<String> command, Map<String, String> environment) {
        this.name = name;
        this.port = port;
        this.directory = directory;
        this.command = command;
        this.environment = environment;
    }

    String name() {
        return name;
    }

    int port() {
        return port;
    }

    Path directory() {
        return directory;
    }

    Path log() {
        return directory.resolveSibling(name + ".log");
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    /** Starts the process, and does not wait until it is of use. */
    synchronized void start() {
        if (process != null && process.isAlive()) {
            throw new IllegalStateException(name + " runs");
        }
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()));
        builder.environment().putAll(environment);
        try {
            process = builder.start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when the process says that it is ready. */
    void awaitReady(Duration most) {
        Await.until(most, name + " to be ready, see " + log(), () -> {
            if (!isAlive()) {
                throw new IllegalStateException(name + " ended, see " + log());
            }
            return isReady();
        });
    }

    /** Whether the process says that it is ready. */
    boolean isReady() {
        try {
            HttpRequest request = HttpRequest.newBuilder(uri("/actuator/health/readiness"))
                    .timeout(Duration.ofSeconds(2))
                    .build();
            return PROBE.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /** Kills the process, which gets to know nothing of it. */
    synchronized void kill() {
        if (process != null) {
            process.destroyForcibly();
            ended(Duration.ofSeconds(10));
        }
    }

    /** Asks the process to end, and returns when it has. */
    synchronized void terminate(Duration most) {
        if (process != null) {
            process.destroy();
            ended(most);
        }
    }

    /** Stops the process where it stands, connections and all. */
    void pause() {
        signal("-STOP");
    }

    /** Lets a paused process go on. */
    void resume() {
        signal("-CONT");
    }

    private synchronized void signal(String signal) {
        if (process == null) {
            throw new IllegalStateException(name + " was never started");
        }
        try {
            Process kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("kill " + signal + " failed for " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private synchronized void ended(Duration most) {
        try {
            if (process != null && !process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(name + " has not ended after " + most);
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException(e);
    }

    @Override
    public String toString() {
        return name;
    }
}

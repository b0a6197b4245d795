package dev.mayfly.drill;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;

/** A Prometheus server of our own that scrapes every node of a cluster. */
final class Prometheus implements AutoCloseable {

    static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration START = Duration.ofSeconds(30);

    private final Process process;
    private final Thread end;
    private final int port;

    private Prometheus(Process process, int port) {
        this.process = process;
        this.port = port;
        this.end = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(end);
    }

    /**
     * Starts to scrape.
     *
     * @param binary Prometheus itself
     * @param single a process beside the cluster
     */
    static Prometheus start(Path binary, Cluster cluster, Node single) throws IOException {
        Path directory = Files.createDirectories(
                cluster.plan().directory().resolve("prometheus").toAbsolutePath());
        Path key = Files.writeString(
                directory.resolve("api-key"), cluster.secrets().apiKey());
        Path config = Files.writeString(directory.resolve("prometheus.yml"), configuration(cluster, single, key));
        int port = Ports.free();
        Process process = new ProcessBuilder(
                        binary.toString(),
                        "--config.file=" + config,
                        "--storage.tsdb.path=" + directory.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("log").toFile())
                .start();
        Prometheus prometheus = new Prometheus(process, port);
        Await.until(START, "Prometheus to be ready, see " + directory.resolve("log"), prometheus::isReady);
        return prometheus;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    private boolean isReady() {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(uri().resolve("/-/ready")).build();
            return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String configuration(Cluster cluster, Node single, Path key) {
        return """
                global:
                  scrape_interval: %ds
                  scrape_timeout: %ds
                scrape_configs:
                  - job_name: mayfly
                    metrics_path: /actuator/prometheus
                    authorization:
                      credentials_file: %s
                    static_configs:
                      - targets: [%s]
                        labels: {role: control-plane}
                      - targets: [%s]
                        labels: {role: worker}
                      - targets: [%s]
                        labels: {role: all}
                """.formatted(
                        INTERVAL.toSeconds(),
                        INTERVAL.toSeconds(),
                        key,
                        targets(cluster.controlPlanes()),
                        targets(cluster.workers()),
                        targets(List.of(single)));
    }

    private static String targets(List<Node> nodes) {
        return nodes.stream().map(node -> "\"127.0.0.1:" + node.port() + "\"").collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(end);
        process.destroy();
    }
}

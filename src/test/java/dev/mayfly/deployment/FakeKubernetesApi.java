package dev.mayfly.deployment;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * As much of a Kubernetes API server as Helm asks of one when a chart looks for a Secret. Helm finds it by the
 * environment variable {@code KUBECONFIG}, which the build sets.
 */
final class FakeKubernetesApi implements AutoCloseable {

    private static final String SECRETS = """
            {"kind": "APIResourceList", "apiVersion": "v1", "groupVersion": "v1", "resources": [
              {"name": "secrets", "singularName": "secret", "namespaced": true, "kind": "Secret", "verbs": ["get"]}]}
            """;
    private static final String NOT_FOUND = """
            {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "NotFound", "code": 404}
            """;

    private final HttpServer server;
    private final Map<String, String> objects = new ConcurrentHashMap<>(Map.of("/api/v1", SECRETS));

    private FakeKubernetesApi(HttpServer server) {
        this.server = server;
    }

    static FakeKubernetesApi start() throws IOException {
        InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        FakeKubernetesApi api = new FakeKubernetesApi(HttpServer.create(anyPort, 0));
        api.server.createContext("/", api::answer);
        api.server.start();
        api.writeConfiguration(Path.of(System.getenv("KUBECONFIG")));
        return api;
    }

    /** Makes the cluster have a Secret. */
    void putSecret(String namespace, String name, String json) {
        objects.put("/api/v1/namespaces/" + namespace + "/secrets/" + name, json);
    }

    private void writeConfiguration(Path file) throws IOException {
        Files.writeString(file, """
                {"apiVersion": "v1", "kind": "Config", "current-context": "fake",
                 "clusters": [{"name": "fake", "cluster": {"server": "http://127.0.0.1:%d"}}],
                 "contexts": [{"name": "fake", "context": {"cluster": "fake", "user": "nobody"}}],
                 "users": [{"name": "nobody", "user": {}}]}
                """.formatted(server.getAddress().getPort()));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String object = objects.get(exchange.getRequestURI().getPath());
        byte[] body = (object == null ? NOT_FOUND : object).getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(object == null ? 404 : 200, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}

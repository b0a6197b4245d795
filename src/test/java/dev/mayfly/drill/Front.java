package dev.mayfly.drill;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;

/**
 * What stands before control planes: sends each request to any of them, and to the next one if no connection can
 * be made, which is the only failure after which it may. A control plane that is to be stopped in order is taken out
 * first, as Kubernetes takes it out of the Service's endpoints.
 */
final class Front {

    static {
        // In seconds. Shorter than the servers' own, so that none closes a connection on which a request is being sent.
        System.setProperty("jdk.httpclient.keepalive.timeout", "5");
    }

    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(60);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .executor(Executors.newVirtualThreadPerTaskExecutor())
            .build();
    private final List<Node> behind;
    private final String apiKey;

    Front(List<Node> controlPlanes, String apiKey) {
        this.behind = new CopyOnWriteArrayList<>(controlPlanes);
        this.apiKey = apiKey;
    }

    /** An answer, and who gave it. */
    record Exchange(Node through, HttpResponse<byte[]> response) {}

    /** A request that may have reached a control plane and was not answered. */
    static final class BrokenException extends IOException {

        private static final long serialVersionUID = 1L;

        private final transient Node through;

        BrokenException(Node through, IOException cause) {
            super(cause.getClass().getSimpleName() + ": " + cause.getMessage(), cause);
            this.through = through;
        }

        Node through() {
            return through;
        }
    }

    void take(Node out) {
        behind.remove(out);
    }

    void put(Node in) {
        behind.add(in);
    }

    /**
     * Sends a request.
     *
     * @throws BrokenException if the connection was lost, or there was no answer in a minute
     * @throws ConnectException if no control plane takes connections
     */
    Exchange send(String method, String path, Map<String, String> headers, byte[] body) throws IOException {
        List<Node> nodes = List.copyOf(behind);
        int first = ThreadLocalRandom.current().nextInt(nodes.size() + 1);
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get((first + i) % nodes.size());
            try {
                return new Exchange(node, send(node, method, path, headers, body));
            } catch (ConnectException | HttpConnectTimeoutException nobodyThere) {
                // Certainly not sent: the next one's turn.
            } catch (IOException e) {
                throw new BrokenException(node, e);
            }
        }
        throw new ConnectException("no control plane takes connections");
    }

    /** Sends a request to one node and no other. */
    HttpResponse<byte[]> send(Node node, String method, String path, Map<String, String> headers, byte[] body)
            throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(node.uri(path))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + apiKey)
                .method(method, BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        try {
            return client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }
}

package dev.mayfly.drill;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Is called back with results, and fails the first time that it hears of every tenth. */
final class Receiver implements AutoCloseable {

    private static final int FAIL_EACH = 10;
    private static final int MOST_WAITING = 100;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Integer> deliveries = new ConcurrentHashMap<>();
    private final Map<String, Boolean> failed = new ConcurrentHashMap<>();
    private final AtomicInteger heard = new AtomicInteger();

    Receiver() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), MOST_WAITING);
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    /** What lets control planes call it. */
    Map<String, String> properties() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return Map.of(
                "mayfly.callbacks.allow-private", base(),
                "mayfly.callbacks.secret", "whsec_" + Base64.getEncoder().encodeToString(secret),
                "mayfly.callbacks.min-backoff", "1s",
                "mayfly.callbacks.max-backoff", "5s",
                "mayfly.callbacks.max-attempts", "100");
    }

    /** Where it is called back with the result of an invocation. */
    String address(String key) {
        return base() + "/" + key;
    }

    /** How often it was told the result of an invocation, and took it. */
    int deliveries(String key) {
        return deliveries.getOrDefault(key, 0);
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void receive(HttpExchange exchange) throws IOException {
        String key = exchange.getRequestURI().getPath().substring(1);
        exchange.getRequestBody().readAllBytes();
        boolean fails = heard.incrementAndGet() % FAIL_EACH == 0 && failed.put(key, true) == null;
        if (!fails) {
            deliveries.merge(key, 1, Integer::sum);
        }
        exchange.sendResponseHeaders(fails ? 500 : 204, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}

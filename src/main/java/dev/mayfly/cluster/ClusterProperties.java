package dev.mayfly.cluster;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The cluster that a control plane or a worker belongs to.
 *
 * @param secret what all its processes know and nobody else, at least {@value #SHORTEST_SECRET} characters; null if they
 *     know each other by certificates
 * @param sslBundle the name of the SSL bundle ({@code spring.ssl.bundle}) with this process's certificate and those it
 *     trusts; null for plain HTTP
 * @param workers where a control plane finds workers: {@code http://host:port}, {@code https://host:port}, or {@code
 *     dns://host:port} for all addresses of a name
 * @param connectTimeout how long connecting to a worker may take
 * @param answerTimeout how long a worker may take to answer what it does not run an instance for
 * @param heartbeat how often workers are asked for their status
 */
@ConfigurationProperties("mayfly.cluster")
public record ClusterProperties(
        @Nullable String secret,
        @Nullable String sslBundle,
        @DefaultValue List<URI> workers,
        @DefaultValue("1s") Duration connectTimeout,
        @DefaultValue("5s") Duration answerTimeout,
        @DefaultValue("500ms") Duration heartbeat) {

    /** In characters. */
    public static final int SHORTEST_SECRET = 32;

    private static final Set<String> SCHEMES = Set.of("http", "https", "dns");

    public ClusterProperties {
        if (secret != null && secret.length() < SHORTEST_SECRET) {
            throw new IllegalArgumentException(
                    "mayfly.cluster.secret must have at least " + SHORTEST_SECRET + " characters");
        }
        workers = List.copyOf(workers);
        workers.forEach(ClusterProperties::requireAddress);
    }

    private static void requireAddress(URI worker) {
        if (worker.getScheme() == null
                || !SCHEMES.contains(worker.getScheme())
                || worker.getHost() == null
                || worker.getPort() < 1) {
            throw new IllegalArgumentException(
                    "mayfly.cluster.workers must be http://host:port, https://host:port or dns://host:port: " + worker);
        }
    }

    /** The secret in the form that signatures are made with; empty if there is none. */
    public Optional<ClusterSecret> key() {
        return Optional.ofNullable(secret).map(ClusterSecret::of);
    }

    /** Whether there is a way to know the other side at all. */
    public boolean authenticates() {
        return secret != null || sslBundle != null;
    }

    /** Says nothing of the secret. */
    @Override
    public String toString() {
        return "ClusterProperties[workers=" + workers + ", sslBundle=" + sslBundle + "]";
    }
}

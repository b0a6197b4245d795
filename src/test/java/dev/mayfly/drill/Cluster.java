package dev.mayfly.drill;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Control planes, workers and a database, each a process of its own, that end with this one. */
final class Cluster implements AutoCloseable {

    private static final Duration START = Duration.ofMinutes(4);

    private final Secrets secrets = Secrets.random();
    private final ClusterPlan plan;
    private final Postgres database;
    private final SmallDisks disks;
    private final List<Node> workers;
    private final List<Node> controlPlanes;
    private final List<Node> others = new CopyOnWriteArrayList<>();
    private final Front front;
    private final Thread end = new Thread(this::kill);

    private Cluster(ClusterPlan plan) {
        this.plan = plan;
        makeDirectory(plan.directory());
        this.disks = new SmallDisks(plan.smallDisks());
        this.database = Postgres.start(plan.directory().resolve("postgres"));
        this.workers = IntStream.rangeClosed(1, plan.workers())
                .mapToObj(i -> node("worker-" + i))
                .toList();
        this.controlPlanes = IntStream.rangeClosed(1, plan.controlPlanes())
                .mapToObj(i -> node("control-plane-" + i))
                .toList();
        this.front = new Front(controlPlanes, secrets.apiKey());
    }

    /** Starts a cluster of which nothing runs yet but the database. */
    static Cluster of(ClusterPlan plan) {
        Cluster cluster = new Cluster(plan);
        Runtime.getRuntime().addShutdownHook(cluster.end);
        return cluster;
    }

    /** Starts a cluster and returns when all of it is ready. */
    static Cluster start(ClusterPlan plan) {
        Cluster cluster = of(plan);
        try {
            cluster.nodes().forEach(Node::start);
            cluster.nodes().forEach(node -> node.awaitReady(START));
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    ClusterPlan plan() {
        return plan;
    }

    Secrets secrets() {
        return secrets;
    }

    Postgres database() {
        return database;
    }

    SmallDisks disks() {
        return disks;
    }

    Front front() {
        return front;
    }

    List<Node> controlPlanes() {
        return controlPlanes;
    }

    List<Node> workers() {
        return workers;
    }

    /** All nodes, workers first, so that control planes find them. */
    List<Node> nodes() {
        return Stream.concat(workers.stream(), controlPlanes.stream()).toList();
    }

    /** A process that does everything by itself, with whichever engine this machine allows. It ends with the cluster. */
    Node single() {
        Path data = plan.directory().resolve("single");
        makeDirectory(data);
        int port = Ports.free();
        Node node = new Node("single", port, data, plan.launcher().command(common(data, port)), environment());
        others.add(node);
        return node;
    }

    private Node node(String name) {
        boolean worker = name.startsWith("worker");
        Path data = plan.directory().resolve(name);
        makeDirectory(data);
        if (name.equals("worker-1") || name.equals("control-plane-1")) {
            disks.mount(data);
        }
        int port = Ports.free();
        Map<String, String> properties = new HashMap<>(common(data, port));
        properties.putAll(worker ? ofWorker() : ofControlPlane());
        return new Node(name, port, data, plan.launcher().command(properties), environment());
    }

    private Map<String, String> common(Path data, int port) {
        return Map.of(
                "server.port",
                Integer.toString(port),
                "server.address",
                "127.0.0.1",
                "mayfly.data-dir",
                data.toString(),
                "mayfly.access.keys[0].name",
                "drill",
                "mayfly.access.keys[0].hash",
                secrets.apiKeyHash(),
                "spring.main.banner-mode",
                "off");
    }

    private Map<String, String> ofWorker() {
        Map<String, String> properties = new HashMap<>(Map.of(
                "mayfly.role", "worker",
                "mayfly.engine", plan.engine(),
                "mayfly.scheduling.slots", Integer.toString(plan.slots())));
        properties.putAll(plan.workerProperties());
        return properties;
    }

    private Map<String, String> ofControlPlane() {
        Map<String, String> properties = new HashMap<>(Map.of(
                "mayfly.role",
                "control-plane",
                "mayfly.cluster.workers",
                workers.stream().map(worker -> worker.uri("").toString()).collect(Collectors.joining(",")),
                "spring.profiles.active",
                "postgres",
                "spring.datasource.url",
                database.url(),
                "spring.datasource.username",
                Postgres.USER));
        properties.putAll(plan.controlPlaneProperties());
        return properties;
    }

    private Map<String, String> environment() {
        return Map.of("MAYFLY_CLUSTER_SECRET", secrets.cluster(), "SPRING_DATASOURCE_PASSWORD", Postgres.PASSWORD);
    }

    private static void makeDirectory(Path directory) {
        try {
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(end);
        kill();
    }

    /** Ends everything, whatever fails on the way. */
    private void kill() {
        List<Runnable> last = new ArrayList<>();
        Stream.concat(nodes().stream(), others.stream()).forEach(node -> last.add(node::kill));
        last.add(database::close);
        last.add(disks::close);
        for (Runnable action : last) {
            try {
                action.run();
            } catch (RuntimeException e) {
                System.getLogger(Cluster.class.getName()).log(System.Logger.Level.WARNING, "at the end", e);
            }
        }
    }
}

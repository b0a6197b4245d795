package dev.mayfly.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.disks.TarImages;
import dev.mayfly.disks.TestDisk;
import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testsupport.Wat;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two control planes on one database and two workers that have room for 3 MB of disks each, with real instances. */
@SuppressWarnings("NullAway.Init")
class ClusterDisksIT {

    private static final String SECRET = "what all processes of this cluster know";
    private static final byte[] SHOW = Wat.toBinary(TestDisk.SHOW);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static Mayfly worker;
    private static Mayfly otherWorker;
    private static Mayfly first;
    private static Mayfly second;
    private static Http one;
    private static Http other;

    @BeforeAll
    static void start(@TempDir Path a, @TempDir Path b, @TempDir Path c, @TempDir Path d) {
        Map<String, String> database = Database.POSTGRES.properties();
        worker = worker(a, "first");
        otherWorker = worker(b, "second");
        first = controlPlane(c, database);
        second = controlPlane(d, database);
        one = new Http(first);
        other = new Http(second);
        awaitWorkers(one);
        awaitWorkers(other);
    }

    private static Mayfly worker(Path data, String name) {
        return Mayfly.worker(
                data,
                SECRET,
                Map.of(
                        "mayfly.worker.name", name,
                        "mayfly.engine", "wasmtime",
                        "mayfly.worker.disk-cache", "3MB"));
    }

    private static Mayfly controlPlane(Path data, Map<String, String> database) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "mayfly.samples.enabled", "false",
                "mayfly.role", "control-plane",
                "mayfly.cluster.secret", SECRET,
                "mayfly.cluster.workers", worker.uri("") + "," + otherWorker.uri(""),
                "mayfly.cluster.max-backoff", "200ms",
                "mayfly.functions.catalog-refresh", "50ms"));
        return Mayfly.startOn(data, database, properties);
    }

    @AfterAll
    static void stop() {
        first.close();
        second.close();
        worker.close();
        otherWorker.close();
    }

    private static void awaitWorkers(Http http) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> http.get("/v1/workers")
                                .json()
                                .path("items")
                                .valueStream()
                                .filter(shown -> shown.path("state").asString().equals("up"))
                                .count()
                        == 2);
    }

    /** Uploads a disk of somewhat more than so many bytes, and returns its name. */
    private static String upload(Http http, int bytes) throws IOException {
        String name = "d" + NUMBERS.incrementAndGet();
        Http.Answer uploaded = http.post(
                "/v1/disks/" + name + "/versions",
                "application/octet-stream",
                TarImages.of("file", name + " ".repeat(bytes)));
        assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(201);
        return name;
    }

    private static String publish(Http http, String disk) {
        String name = "f" + NUMBERS.incrementAndGet();
        Http.Answer configured = http.put("/v1/functions/" + name, "{\"rootDisk\": \"" + disk + "@1\"}");
        assertThat(configured.status()).as(configured.text()).isEqualTo(201);
        assertThat(http.upload("/v1/functions/" + name + "/versions", SHOW).status())
                .isEqualTo(201);
        return name;
    }

    private static Http.Answer invoke(Http http, String function) {
        return http.post("/v1/functions/" + function + "/invocations", "text/plain", new byte[0]);
    }

    private static void requireShown(Http http, String function, String disk) {
        Http.Answer answer = invoke(http, function);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text().strip()).isEqualTo(disk);
    }

    private static double received(Mayfly where) {
        return where.bean(MeterRegistry.class)
                .get("mayfly.worker.disks.received")
                .counter()
                .count();
    }

    @Test
    void aDiskOfOneControlPlaneReachesEachWorkerOnceHoweverManyWaitForItAtBoth() throws Exception {
        String disk = upload(one, 1_000_000);
        String function = publish(other, disk);
        double atWorker = received(worker);
        double atOther = received(otherWorker);
        try (ExecutorService clients = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> shown = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                Http http = i % 2 == 0 ? one : other;
                shown.add(clients.submit(() -> requireShown(http, function, disk)));
            }
            for (Future<?> invocation : shown) {
                invocation.get();
            }
        }

        assertThat(received(worker) - atWorker).isLessThanOrEqualTo(1);
        assertThat(received(otherWorker) - atOther).isLessThanOrEqualTo(1);
        assertThat(received(worker) - atWorker + received(otherWorker) - atOther)
                .isPositive();
    }

    @Test
    void whatMadeRoomComesAgain() throws IOException {
        List<String> disks = new ArrayList<>();
        List<String> functions = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            disks.add(upload(one, 2_000_000));
            functions.add(publish(one, disks.getLast()));
        }
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 3; i++) {
                requireShown(other, functions.get(i), disks.get(i));
            }
        }
    }

    @Test
    void aDiskThatNoWorkerHasRoomForIsAProblemOfItsOwn() throws IOException {
        String function = publish(one, upload(one, 4_000_000));

        Http.Answer answer = invoke(other, function);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("type")).isEqualTo("/problems/no-room");
    }

    @Test
    void workersKeepTheirDisksWhenTheyAreRestarted() throws IOException {
        String disk = upload(one, 1000);
        String function = publish(one, disk);
        requireShown(one, function, disk);
        double received = received(worker) + received(otherWorker);
        worker.restartAtSameAddress();
        otherWorker.restartAtSameAddress();
        awaitWorkers(one);

        requireShown(one, function, disk);

        assertThat(received).isPositive();
        assertThat(received(worker) + received(otherWorker)).isZero();
    }

    @Test
    void whatOneProcessKeptInFilesIsServedByAControlPlaneLater(@TempDir Path data, @TempDir Path elsewhere)
            throws IOException {
        Map<String, String> database = Database.POSTGRES.properties();
        String disk;
        String function;
        try (Mayfly before = Mayfly.startOn(
                data, database, Map.of("mayfly.samples.enabled", "false", "mayfly.engine", "wasmtime"))) {
            Http http = new Http(before);
            disk = upload(http, 2_000_000);
            function = publish(http, disk);
            requireShown(http, function, disk);
        }
        controlPlane(data, database).close();
        try (Mayfly later = controlPlane(elsewhere, database)) {
            Http http = new Http(later);
            awaitWorkers(http);
            requireShown(http, function, disk);
        }
    }
}

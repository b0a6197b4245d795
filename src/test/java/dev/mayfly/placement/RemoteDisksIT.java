package dev.mayfly.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.disks.DiskStore;
import dev.mayfly.disks.TarImages;
import dev.mayfly.testing.FakeEngineConfiguration;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testing.TestModules;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A control plane that has disks, with two workers that take them or do not. */
@SuppressWarnings("NullAway.Init")
class RemoteDisksIT {

    private static final AtomicInteger NUMBERS = new AtomicInteger();
    private static final long ROOM = 1_000_000;

    private static FakeWorker first;
    private static FakeWorker second;
    private static Mayfly mayfly;
    private static Http http;

    @BeforeAll
    static void start(@TempDir Path data) {
        first = new FakeWorker();
        second = new FakeWorker();
        mayfly = Mayfly.startOn(
                data,
                Map.of(),
                Map.of(
                        "mayfly.role",
                        "control-plane",
                        "mayfly.cluster.secret",
                        FakeWorker.SECRET,
                        "mayfly.cluster.workers",
                        first.url() + "," + second.url(),
                        "mayfly.cluster.heartbeat",
                        "50ms",
                        "mayfly.cluster.push-timeout",
                        "3s",
                        "mayfly.cluster.max-backoff",
                        "100ms",
                        "mayfly.scheduling.queue-timeout",
                        "5s",
                        "mayfly.samples.enabled",
                        "false"),
                FakeEngineConfiguration.class);
        http = new Http(mayfly);
    }

    @AfterAll
    static void stop() {
        mayfly.close();
        first.close();
        second.close();
    }

    @BeforeEach
    void bothWorkersHaveRoom() {
        haveRoom(ROOM, ROOM);
        first.stalled = false;
        second.stalled = false;
        first.full = false;
        second.full = false;
        first.sentByAnother = false;
        second.sentByAnother = false;
    }

    /** Until the control plane knows, too. */
    private static void haveRoom(long one, long other) {
        first.diskCapacity = one;
        second.diskCapacity = other;
        long wanted = Math.max(ROOM, Math.max(one, other));
        Needs needs = new Needs(new ContentDigest("0".repeat(64)), Set.of(new ContentDigest("1".repeat(64))), wanted);
        long able = List.of(one, other).stream().filter(room -> room >= wanted).count();
        await().atMost(Duration.ofSeconds(20))
                .until(() -> mayfly.bean(Membership.class)
                                .candidates(needs, Set.of())
                                .size()
                        == able);
    }

    private static ContentDigest upload(String disk) throws IOException {
        return upload(disk, disk);
    }

    private static ContentDigest upload(String disk, String contents) throws IOException {
        Http.Answer uploaded = http.post(
                "/v1/disks/" + disk + "/versions", "application/octet-stream", TarImages.of("file", contents));
        assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(201);
        return ContentDigest.parse(uploaded.text("digest"));
    }

    private static String publish(String configuration) {
        String name = "f-ok-" + NUMBERS.incrementAndGet();
        Http.Answer configured = http.put("/v1/functions/" + name, configuration);
        assertThat(configured.status()).as(configured.text()).isLessThan(300);
        assertThat(http.upload("/v1/functions/" + name + "/versions", TestModules.command(name))
                        .status())
                .isEqualTo(201);
        return name;
    }

    private static String disk() {
        return "d" + NUMBERS.incrementAndGet();
    }

    private static String publishOn(String disk) {
        return publish("{\"rootDisk\": \"" + disk + "@1\"}");
    }

    private static Http.Answer invoke(String function) {
        return http.post("/v1/functions/" + function + "/invocations", "text/plain", new byte[0]);
    }

    private static int pushes() {
        return first.diskPushes.get() + second.diskPushes.get();
    }

    @Test
    void aDiskIsPushedOnceToEachWorkerHoweverManyWait() throws Exception {
        String disk = disk();
        upload(disk);
        String function = publishOn(disk);
        int toFirst = first.diskPushes.get();
        int toSecond = second.diskPushes.get();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Http.Answer>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(threads.submit(() -> invoke(function)));
            }
            for (Future<Http.Answer> answer : answers) {
                assertThat(answer.get().status()).isEqualTo(200);
            }
        }
        assertThat(first.diskPushes.get() - toFirst).isLessThanOrEqualTo(1);
        assertThat(second.diskPushes.get() - toSecond).isLessThanOrEqualTo(1);
        assertThat(http.get("/actuator/prometheus").text()).contains("mayfly_cluster_disk_pushes_total");
    }

    @Test
    void ofTheDisksOfAnOrderThoseThatAreMissingAreSentAndNoOthers() throws IOException {
        String root = disk();
        String one = disk();
        String other = disk();
        ContentDigest there = upload(root);
        upload(one);
        upload(other);
        first.disks.add(there);
        second.disks.add(there);
        String function = publish("{\"rootDisk\": \"" + root + "@1\", \"mounts\": [{\"path\": \"/one\", \"disk\": \""
                + one + "@1\"}, {\"path\": \"/other\", \"disk\": \"" + other + "@1\"}]}");
        int pushes = pushes();
        int orders = first.orders.get() + second.orders.get();

        assertThat(invoke(function).status()).isEqualTo(200);

        assertThat(pushes() - pushes).isEqualTo(2);
        assertThat(first.orders.get() + second.orders.get() - orders)
                .as("without the module and the disks, and with them")
                .isEqualTo(2);
    }

    @Test
    void aFunctionStaysWhereItsDiskIs() throws IOException {
        String disk = disk();
        upload(disk);
        String function = publishOn(disk);
        invoke(function);
        int pushes = pushes();

        for (int i = 0; i < 10; i++) {
            assertThat(invoke(function).status()).isEqualTo(200);
        }

        assertThat(pushes() - pushes).isZero();
    }

    @Test
    void aWorkerThatKnowsOfNoDisksGetsNone() throws IOException {
        String disk = disk();
        upload(disk);
        String function = publishOn(disk);
        haveRoom(-1, ROOM);
        int orders = first.orders.get();
        for (int i = 0; i < 10; i++) {
            assertThat(invoke(function).status()).isEqualTo(200);
        }
        assertThat(first.orders.get() - orders).isZero();

        haveRoom(-1, -1);
        assertThat(invoke(function).text("type")).isEqualTo("/problems/no-room");
        assertThat(invoke(publish("{}")).status()).as("without a disk").isEqualTo(200);
    }

    @Test
    void aDiskThatIsLargerThanAnyWorkersRoomIsNotSent() throws IOException {
        String disk = disk();
        upload(disk);
        String function = publishOn(disk);
        haveRoom(10, 10);
        int pushes = pushes();

        Http.Answer answer = invoke(function);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.text("type")).isEqualTo("/problems/no-room");
        assertThat(pushes() - pushes).isZero();
    }

    @Test
    void aWorkerThatDoesNotGoOnTakingADiskIsGivenUp() throws IOException {
        String disk = disk();
        upload(disk);
        String function = publishOn(disk);
        first.stalled = true;
        second.stalled = true;
        double unreachable = unreachable();

        Http.Answer answer = invoke(function);

        assertThat(answer.status()).as("its time in the queue goes on").isEqualTo(429);
        assertThat(unreachable()).isGreaterThan(unreachable);
        first.stalled = false;
        second.stalled = false;
        await().atMost(Duration.ofSeconds(30)).until(() -> invoke(function).status() == 200);
    }

    @Test
    void whatAnotherControlPlaneHasJustSentIsNotSentAgain() throws IOException {
        String disk = disk();
        haveRoom(30_000_000, 30_000_000);
        upload(disk, disk + " ".repeat(20_000_000));
        String function = publishOn(disk);
        first.sentByAnother = true;
        second.sentByAnother = true;
        double unreachable = unreachable();

        assertThat(invoke(function).status()).isEqualTo(200);

        assertThat(unreachable()).isEqualTo(unreachable);
    }

    @Test
    void noWorkerIsToBlameForADiskThatCannotBeReadHere() throws IOException {
        String disk = disk();
        ContentDigest lost = upload(disk);
        String function = publishOn(disk);
        mayfly.bean(DiskStore.NAME, ArtifactStore.class).delete(lost);
        double unreachable = unreachable();

        assertThat(invoke(function).text("type")).isEqualTo("/problems/internal");

        assertThat(unreachable()).isEqualTo(unreachable);
        assertThat(mayfly.bean(Membership.class).count(WorkerState.UP)).isEqualTo(2);
    }

    private static double unreachable() {
        return mayfly.bean(MeterRegistry.class)
                .get("mayfly.cluster.exchange.failures")
                .tag("kind", "unreachable")
                .counter()
                .count();
    }

    @Test
    void whereWorkersCannotStoreADiskTheInvocationSaysSo() throws IOException {
        String disk = disk();
        upload(disk);
        String function = publishOn(disk);
        first.full = true;
        assertThat(invoke(function).status()).as("the other one takes it").isEqualTo(200);

        second.full = true;
        String other = disk();
        upload(other);
        assertThat(invoke(publishOn(other)).text("type")).isEqualTo("/problems/no-room");
    }
}

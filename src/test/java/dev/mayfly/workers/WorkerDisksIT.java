package dev.mayfly.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.cluster.Content;
import dev.mayfly.cluster.ContentHash;
import dev.mayfly.cluster.ExecutionOrder;
import dev.mayfly.cluster.HeldDisks;
import dev.mayfly.disks.TestDisk;
import dev.mayfly.functions.ArtifactPolicy;
import dev.mayfly.functions.DiskMount;
import dev.mayfly.functions.DiskReference;
import dev.mayfly.functions.FunctionConfiguration;
import dev.mayfly.functions.FunctionLimits;
import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.HttpMode;
import dev.mayfly.functions.ResolvedVersion;
import dev.mayfly.functions.RetryPolicy;
import dev.mayfly.functions.SystemCalls;
import dev.mayfly.invocations.Call;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testsupport.Wat;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks on a worker that has room for 100 KiB of them, with a control plane that sends what it likes. */
@SuppressWarnings("NullAway.Init")
class WorkerDisksIT {

    private static final String SECRET = "a secret that has thirty-two letters";
    private static final int ROOM = 100 * 1024;
    private static final byte[] NOTHING = {};
    private static final byte[] SHOW = Wat.toBinary(TestDisk.SHOW);
    private static final byte[] LOOP =
            Wat.toBinary("(module (memory (export \"memory\") 1) (func (export \"_start\") (loop (br 0))))");
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private static Mayfly worker;
    private static ControlPlane plane;

    @BeforeAll
    static void start(@TempDir Path directory) {
        worker = Mayfly.worker(
                directory,
                SECRET,
                Map.of(
                        "mayfly.engine", "wasmtime",
                        "mayfly.worker.disk-cache", ROOM + "B",
                        "mayfly.invocations.probe-interval", "20ms"));
        plane = new ControlPlane(worker, SECRET);
        for (byte[] module : List.of(SHOW, LOOP)) {
            plane.push(new ContentDigest(ContentHash.of(module).text()), module);
        }
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    /** One that there was not before, of somewhat more than so many bytes. */
    private static TestDisk disk(int bytes) {
        return TestDisk.of("disk " + NUMBERS.incrementAndGet() + " ".repeat(bytes));
    }

    private static Content content(TestDisk disk) {
        return new Content(Content.Kind.DISK, disk.digest());
    }

    private static ControlPlane.Answer push(TestDisk disk) {
        return plane.push(content(disk), disk.bytes());
    }

    private static ExecutionOrder order(byte[] module, @Nullable TestDisk root, TestDisk... mounts) {
        List<DiskMount> mounted = new ArrayList<>();
        for (TestDisk mount : mounts) {
            mounted.add(new DiskMount("/m" + mounted.size(), new DiskReference("more", 1, mount.digest())));
        }
        FunctionConfiguration configuration = new FunctionConfiguration(
                "",
                Map.of(),
                List.of(),
                new FunctionLimits(4, 20_000, 0, 100_000_000, 512),
                HttpMode.RAW,
                null,
                SystemCalls.ALL,
                null,
                100,
                false,
                RetryPolicy.DEFAULT,
                root == null ? null : new DiskReference("root", 1, root.digest()),
                mounted,
                ArtifactPolicy.NEVER);
        ContentDigest digest = new ContentDigest(ContentHash.of(module).text());
        return new ExecutionOrder(
                UUID.randomUUID(),
                new ResolvedVersion(new FunctionName("f"), 1, digest, configuration),
                new Call.Command(List.of("f"), Map.of()),
                false);
    }

    private static ControlPlane.Answer show(TestDisk root, TestDisk... mounts) {
        return plane.order(order(SHOW, root, mounts), NOTHING).send();
    }

    private static HeldDisks held() {
        return plane.status().disks().orElseThrow();
    }

    private static double received() {
        return worker.bean(MeterRegistry.class)
                .get("mayfly.worker.disks.received")
                .counter()
                .count();
    }

    @Test
    void anOrderSaysAtOnceAllThatIsMissing() {
        TestDisk root = disk(10);
        TestDisk mount = disk(10);

        ControlPlane.Answer both = show(root, mount);
        assertThat(both.status()).isEqualTo(404);
        assertThat(both.refusal()).isEqualTo("disk-missing");
        assertThat(both.text()).contains("/problems/disk-missing");
        assertThat(both.missing().split(","))
                .containsExactlyInAnyOrder(root.digest().hex(), mount.digest().hex());
        assertThat(push(mount).status()).isEqualTo(201);
        assertThat(show(root, mount).missing()).isEqualTo(root.digest().hex());
        assertThat(push(root).status()).isEqualTo(201);
        ControlPlane.Answer executed = show(root, mount);

        assertThat(executed.status()).as(executed.text()).isEqualTo(200);
        assertThat(executed.output()).asString().startsWith("disk ");
        assertThat(held().digests()).contains(root.digest(), mount.digest());
        assertThat(held().capacity()).isEqualTo(ROOM);
    }

    @Test
    void anOrderWithoutItsModuleSaysWhichDisksAreMissingToo() {
        TestDisk root = disk(10);
        byte[] module = Wat.toBinary(
                "(module (memory (export \"memory\") 1) (func (export \"_start\")) (func (export \"other\")))");

        ControlPlane.Answer answer = plane.order(order(module, root), NOTHING).send();

        assertThat(answer.refusal()).isEqualTo("module-missing");
        assertThat(answer.missing()).isEqualTo(root.digest().hex());
    }

    @Test
    void aDiskIsNotBelieved() {
        TestDisk disk = disk(10);
        byte[] garbled = disk.bytes().clone();
        garbled[garbled.length - 100] ^= 1;
        ContentDigest digestOfGarbled =
                new ContentDigest(ContentHash.of(garbled).text());

        assertThat(plane.push(content(disk), garbled).status()).isEqualTo(400);
        ControlPlane.Answer damaged = plane.push(new Content(Content.Kind.DISK, digestOfGarbled), garbled);
        assertThat(damaged.status()).isEqualTo(422);
        assertThat(damaged.text()).contains("/problems/disk-refused");
        assertThat(held().digests()).doesNotContain(disk.digest(), digestOfGarbled);
    }

    @Test
    void whatIsNotWantedIsNotSent() {
        TestDisk disk = disk(10);
        AtomicInteger asked = new AtomicInteger();
        assertThat(plane.offer(content(disk), disk.bytes(), asked).status()).isEqualTo(201);
        assertThat(asked).hasValue(1);

        assertThat(plane.offer(content(disk), disk.bytes(), asked).status()).isEqualTo(412);
        TestDisk large = disk(ROOM);
        ControlPlane.Answer full = plane.offer(content(large), large.bytes(), asked);
        assertThat(full.status()).isEqualTo(507);
        assertThat(full.text()).contains("mayfly.worker.disk-cache");
        assertThat(asked).as("times that bytes were asked for").hasValue(1);
        assertThat(show(disk).status()).as("and the worker goes on").isEqualTo(200);
    }

    @Test
    void whatSeveralControlPlanesSendAtTheSameTimeIsReceivedOnce() throws IOException {
        TestDisk disk = disk(10_000);
        double before = received();
        HttpURLConnection first = plane.openContent(content(disk), disk.bytes().length);
        try (OutputStream body = first.getOutputStream()) {
            body.write(disk.bytes(), 0, 5000);
            body.flush();
            List<CompletableFuture<ControlPlane.Answer>> others = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                others.add(plane.put(content(disk), disk.bytes()).sendAside());
            }
            body.write(Arrays.copyOfRange(disk.bytes(), 5000, disk.bytes().length));
            body.flush();
            for (CompletableFuture<ControlPlane.Answer> other : others) {
                assertThat(other.join().status()).isBetween(201, 204);
            }
        }
        assertThat(first.getResponseCode()).isBetween(201, 204);
        assertThat(received() - before).isEqualTo(1);
    }

    @Test
    void whatWasNotUsedForLongestMakesRoomAndComesAgain() {
        TestDisk first = disk(60_000);
        push(first);
        assertThat(show(first).status()).isEqualTo(200);
        TestDisk second = disk(60_000);

        push(second);

        assertThat(held().digests()).contains(second.digest()).doesNotContain(first.digest());
        assertThat(show(first).refusal()).isEqualTo("disk-missing");
        assertThat(push(first).status()).isEqualTo(201);
        assertThat(new String(show(first).output(), StandardCharsets.UTF_8)).startsWith("disk ");
    }

    @Test
    void whatHasMadeRoomIsNotKeptOpen() {
        TestDisk first = disk(60_000);
        push(first);
        show(first);
        double before = open();

        TestDisk second = disk(60_000);
        push(second);

        assertThat(open()).isLessThan(before);
    }

    private static double open() {
        return worker.bean(MeterRegistry.class).get("mayfly.disks.open").gauge().value();
    }

    @Test
    void whatInstancesLieOnStaysAndOthersAreNotSentMeanwhile() {
        TestDisk used = disk(60_000);
        push(used);
        ExecutionOrder looping = order(LOOP, null, used);
        CompletableFuture<ControlPlane.Answer> answer =
                plane.order(looping, NOTHING).sendAside();
        await().until(() -> worker.bean(Executions.class).contains(looping.id()));
        TestDisk other = disk(60_000);
        AtomicInteger asked = new AtomicInteger();

        ControlPlane.Answer refused = plane.offer(content(other), other.bytes(), asked);

        assertThat(refused.refusal()).isEqualTo("worker-busy");
        assertThat(asked).hasValue(0);
        assertThat(held().digests()).contains(used.digest());
        plane.cancel(looping.id());
        answer.join();
        await().until(() -> push(other).status() == 201);
    }

    @Test
    void aRestartKeepsDisks() {
        TestDisk disk = disk(10);
        push(disk);
        show(disk);

        worker.restart();
        plane = new ControlPlane(worker, SECRET);

        assertThat(held().digests()).contains(disk.digest());
        assertThat(show(disk).status()).isEqualTo(200);
        assertThat(received()).isZero();
    }
}

package dev.mayfly.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.cluster.ContentHash;
import dev.mayfly.cluster.ExecutionOrder;
import dev.mayfly.functions.FunctionConfiguration;
import dev.mayfly.functions.FunctionLimits;
import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.HttpMode;
import dev.mayfly.functions.ResolvedVersion;
import dev.mayfly.invocations.Call;
import dev.mayfly.scheduling.Scheduler;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testsupport.Wat;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A worker begins and ends. */
@ExtendWith(OutputCaptureExtension.class)
class WorkerDrainIT {

    private static final String SECRET = "a secret that has thirty-two letters";

    /** Reads all of its input. */
    private static final byte[] READER = Wat.toBinary("""
            (module
              (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "_start")
                (loop $next
                  (i32.store (i32.const 0) (i32.const 1024))
                  (i32.store (i32.const 4) (i32.const 32768))
                  (if (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)) (then (return)))
                  (br_if $next (i32.load (i32.const 8))))))
            """);

    private static final byte[] LOOP =
            Wat.toBinary("(module (memory (export \"memory\") 1) (func (export \"_start\") (loop (br 0))))");

    private static ExecutionOrder order(byte[] module, int timeoutMs) {
        FunctionConfiguration configuration = new FunctionConfiguration(
                "", Map.of(), List.of(), new FunctionLimits(4, timeoutMs, 1000, 1000, 512), HttpMode.RAW, null);
        return new ExecutionOrder(
                UUID.randomUUID(),
                new ResolvedVersion(new FunctionName("f"), 1, digest(module), configuration),
                new Call.Command(List.of("f"), Map.of()),
                false);
    }

    private static ContentDigest digest(byte[] module) {
        return new ContentDigest(ContentHash.of(module).text());
    }

    @Test
    void whatRunsIsFinishedAndWhatWaitsIsHandedBack(@TempDir Path directory) {
        Map<String, String> settings = Map.of("mayfly.scheduling.slots", "1", "mayfly.worker.queue-timeout", "30s");
        Mayfly worker = Mayfly.worker(directory, SECRET, settings);
        ControlPlane plane = new ControlPlane(worker, SECRET);
        plane.push(digest(LOOP), LOOP);
        Scheduler scheduler = worker.bean(Scheduler.class);
        CompletableFuture<ControlPlane.Answer> running =
                plane.order(order(LOOP, 3000), new byte[0]).sendAside();
        await().until(() -> scheduler.slotsInUse() == 1);
        CompletableFuture<ControlPlane.Answer> waiting =
                plane.order(order(LOOP, 3000), new byte[0]).sendAside();
        await().until(() -> scheduler.queueLength() == 1);

        CompletableFuture<Void> closing = CompletableFuture.runAsync(worker::close);

        assertThat(waiting.join().status()).isEqualTo(503);
        assertThat(waiting.join().refusal()).isEqualTo("worker-draining");
        assertThat(running.isDone()).isFalse();
        assertThat(plane.status().load().draining()).isTrue();
        assertThat(plane.order(order(LOOP, 3000), new byte[0]).send().refusal()).isEqualTo("worker-draining");
        assertThat(plane.push(digest(READER), READER).refusal()).isEqualTo("worker-draining");
        assertThat(running.join().status()).isEqualTo(200);
        assertThat(running.join().frames()).hasSizeGreaterThanOrEqualTo(3);
        closing.join();
    }

    @Test
    void modulesAreStillThereAfterARestart(@TempDir Path directory) {
        try (Mayfly worker = Mayfly.worker(directory, SECRET, Map.of())) {
            ControlPlane before = new ControlPlane(worker, SECRET);
            before.push(digest(READER), READER);
            ExecutionOrder old = order(READER, 1000);
            UUID process = before.status().instance();

            worker.restart();

            ControlPlane after = new ControlPlane(worker, SECRET);
            assertThat(after.status().modules()).containsExactly(digest(READER));
            assertThat(after.order(order(READER, 1000), new byte[0]).send().status())
                    .isEqualTo(200);
            assertThat(after.status().instance()).isNotEqualTo(process);
            // What is addressed to the process before is not for this one.
            assertThat(before.order(old, new byte[0]).send().refusal()).isEqualTo("worker-draining");
        }
    }

    @Test
    void withoutASecretItDoesNotStartAndSaysWhatToDo(@TempDir Path directory, CapturedOutput output) {
        assertThatThrownBy(() -> Mayfly.startOn(directory, Map.of(), Map.of("mayfly.role", "worker")))
                .hasRootCauseInstanceOf(MissingAuthenticationException.class);

        assertThat(output).contains("Set mayfly.cluster.secret").contains("mayfly.cluster.ssl-bundle");
    }

    @Test
    void anUnknownRoleIsRefused(@TempDir Path directory, CapturedOutput output) {
        assertThatThrownBy(() -> Mayfly.startOn(directory, Map.of(), Map.of("mayfly.role", "boss")))
                .isNotNull();

        assertThat(output).contains("It must be 'all', 'control-plane' or 'worker'.");
    }
}

package dev.mayfly.workers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.cluster.AnswerHead;
import dev.mayfly.cluster.ClusterHeaders;
import dev.mayfly.cluster.ClusterPaths;
import dev.mayfly.cluster.ClusterSecret;
import dev.mayfly.cluster.ContentHash;
import dev.mayfly.cluster.ExecutionOrder;
import dev.mayfly.cluster.Frame;
import dev.mayfly.cluster.FrameReader;
import dev.mayfly.cluster.OrderCodec;
import dev.mayfly.cluster.RequestSigner;
import dev.mayfly.cluster.RequestVerifier;
import dev.mayfly.cluster.SignedRequest;
import dev.mayfly.cluster.Verdict;
import dev.mayfly.functions.FunctionConfiguration;
import dev.mayfly.functions.FunctionLimits;
import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.HttpMode;
import dev.mayfly.functions.ResolvedVersion;
import dev.mayfly.invocations.Call;
import dev.mayfly.invocations.InvocationResult;
import dev.mayfly.problems.ProblemWriter;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.sandbox.TrapKind;
import dev.mayfly.sandbox.WasmValue;
import dev.mayfly.scheduling.Scheduler;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testsupport.Wat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

/** A worker with the default engine, and a control plane that speaks to it. */
class WorkerIT {

    private static final String SECRET = "a secret that has thirty-two letters";
    private static final byte[] NOTHING = {};

    /** Copies standard input to standard output. */
    private static final byte[] ECHO = Wat.toBinary("""
            (module
              (import "wasi_snapshot_preview1" "fd_read" (func $read (param i32 i32 i32 i32) (result i32)))
              (import "wasi_snapshot_preview1" "fd_write" (func $write (param i32 i32 i32 i32) (result i32)))
              (memory (export "memory") 1)
              (func (export "_start")
                (loop $next
                  (i32.store (i32.const 0) (i32.const 1024))
                  (i32.store (i32.const 4) (i32.const 32768))
                  (if (call $read (i32.const 0) (i32.const 0) (i32.const 1) (i32.const 8)) (then (return)))
                  (i32.store (i32.const 4) (i32.load (i32.const 8)))
                  (if (i32.eqz (i32.load (i32.const 8))) (then (return)))
                  (drop (call $write (i32.const 1) (i32.const 0) (i32.const 1) (i32.const 12)))
                  (br $next))))
            """);

    private static final byte[] TRAP =
            Wat.toBinary("(module (memory (export \"memory\") 1) (func (export \"_start\") unreachable))");

    private static final byte[] LOOP =
            Wat.toBinary("(module (memory (export \"memory\") 1) (func (export \"_start\") (loop (br 0))))");

    private static final byte[] ADD = Wat.toBinary("""
            (module
              (memory (export "memory") 1)
              (func (export "add") (param i64 i64) (result i64) (i64.add (local.get 0) (local.get 1))))
            """);

    private static Mayfly worker;
    private static ControlPlane plane;
    private static Http http;

    @BeforeAll
    static void start(@TempDir Path directory) {
        worker = Mayfly.worker(
                directory,
                SECRET,
                Map.of(
                        "mayfly.scheduling.slots", "2",
                        "mayfly.scheduling.queue-capacity", "2",
                        "mayfly.worker.queue-timeout", "200ms",
                        "mayfly.worker.name", "w1",
                        "mayfly.invocations.probe-interval", "20ms"));
        plane = new ControlPlane(worker, SECRET);
        http = new Http(worker);
    }

    @AfterAll
    static void stop() {
        worker.close();
    }

    private static ExecutionOrder order(byte[] module, Call call, int timeoutMs, long maxInput, boolean moreInput) {
        FunctionConfiguration configuration = new FunctionConfiguration(
                "",
                Map.of(),
                List.of(),
                new FunctionLimits(4, timeoutMs, maxInput, 100_000_000, 512),
                HttpMode.RAW,
                call instanceof Call.Function function ? function.export() : null);
        return new ExecutionOrder(
                UUID.randomUUID(),
                new ResolvedVersion(new FunctionName("f"), 1, digest(module), configuration),
                call,
                moreInput);
    }

    private static ContentDigest digest(byte[] module) {
        return new ContentDigest(ContentHash.of(module).text());
    }

    private static ExecutionOrder command(byte[] module) {
        return order(module, new Call.Command(List.of("f"), Map.of()), 20_000, 100_000_000, false);
    }

    private static ExecutionOrder streaming(byte[] module, long maxInput) {
        return order(module, new Call.Command(List.of("f"), Map.of()), 20_000, maxInput, true);
    }

    private static void push(byte[] module) {
        assertThat(plane.push(digest(module), module).status()).isBetween(201, 204);
    }

    private static Outcome outcome(ControlPlane.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.result().result()).isInstanceOf(InvocationResult.Ran.class);
        return ((InvocationResult.Ran) answer.result().result()).execution().outcome();
    }

    @Test
    void anOrderIsExecuted() {
        push(ECHO);

        ControlPlane.Answer answer = plane.order(command(ECHO), "some text".getBytes(StandardCharsets.UTF_8))
                .send();

        assertThat(outcome(answer)).isEqualTo(new Outcome.Exited(0));
        assertThat(answer.output()).asString().isEqualTo("some text");
        assertThat(answer.frames().get(0))
                .isInstanceOfSatisfying(Frame.Loaded.class, loaded -> assertThat(loaded.engine())
                        .isEqualTo(plane.status().engine()));
        assertThat(answer.frames().get(1)).isEqualTo(new Frame.Started());
        assertThat(answer.result().inputBytes()).isEqualTo(9);
        assertThat(answer.result().load().slots()).isEqualTo(2);
    }

    @Test
    void aModuleThatIsMissingIsAskedForAndKept() {
        byte[] module = Wat.toBinary(
                "(module (memory (export \"memory\") 1) (func (export \"_start\")) (func (export \"other\")))");

        ControlPlane.Answer missing = plane.order(command(module), NOTHING).send();
        assertThat(missing.status()).isEqualTo(404);
        assertThat(missing.refusal()).isEqualTo("module-missing");
        assertThat(missing.text()).contains("/problems/module-missing");

        assertThat(plane.push(digest(module), module).status()).isEqualTo(201);
        assertThat(plane.push(digest(module), module).status()).isEqualTo(204);
        assertThat(outcome(plane.order(command(module), NOTHING).send())).isEqualTo(new Outcome.Exited(0));
        assertThat(plane.status().modules()).contains(digest(module));
    }

    @Test
    void aModuleIsNotBelieved() {
        assertThat(plane.push(new ContentDigest("ab".repeat(32)), TRAP).status())
                .isEqualTo(400);
        byte[] garbage = "no module".getBytes(StandardCharsets.UTF_8);
        assertThat(plane.push(digest(garbage), garbage).status()).isEqualTo(422);
        assertThat(plane.status().modules()).doesNotContain(digest(garbage));
    }

    @Test
    void aFunctionReturnsItsResults() {
        push(ADD);
        Call add = new Call.Function("add", List.of("40", "2"), List.of("f"), Map.of());
        assertThat(outcome(
                        plane.order(order(ADD, add, 1000, 1000, false), NOTHING).send()))
                .isEqualTo(new Outcome.Returned(List.of(new WasmValue.I64(42))));

        Call few = new Call.Function("add", List.of("40"), List.of("f"), Map.of());
        assertThat(plane.order(order(ADD, few, 1000, 1000, false), NOTHING)
                        .send()
                        .result()
                        .result())
                .isInstanceOf(InvocationResult.ArgumentsRefused.class);
    }

    @Test
    void aTrapComesWithItsBacktrace() {
        push(TRAP);

        assertThat(outcome(plane.order(command(TRAP), NOTHING).send()))
                .isInstanceOfSatisfying(Outcome.Trapped.class, trapped -> {
                    assertThat(trapped.kind()).isEqualTo(TrapKind.UNREACHABLE);
                    assertThat(trapped.backtrace()).isNotEmpty();
                });
    }

    @Test
    void anInstanceEndsAtItsDeadline() {
        push(LOOP);
        ExecutionOrder brief = order(LOOP, new Call.Command(List.of("f"), Map.of()), 50, 0, false);

        assertThat(outcome(plane.order(brief, NOTHING).send()))
                .isIn(
                        new Outcome.Interrupted(Interruption.Reason.DEADLINE),
                        new Outcome.Interrupted(Interruption.Reason.CPU_TIME));
    }

    @Test
    void inputAndOutputStreamAtTheSameTime() throws IOException {
        push(ECHO);
        ExecutionOrder order = streaming(ECHO, 100_000_000);
        HttpURLConnection more = plane.openInput(order.id());
        OutputStream input = more.getOutputStream();

        HttpResponse<InputStream> response =
                plane.order(order, "first".getBytes(StandardCharsets.UTF_8)).exchange(BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            FrameReader frames = new FrameReader(body);
            assertThat(frames.read()).isInstanceOf(Frame.Loaded.class);
            assertThat(frames.read()).isInstanceOf(Frame.Started.class);
            assertThat(text(frames.read())).isEqualTo("first");
            input.write("second".getBytes(StandardCharsets.UTF_8));
            input.flush();
            assertThat(text(frames.read())).isEqualTo("second");
            input.close();
            assertThat(frames.read())
                    .isInstanceOfSatisfying(Frame.Result.class, result -> assertThat(result.inputBytes())
                            .isEqualTo(11));
        }
        assertThat(more.getResponseCode()).isEqualTo(204);
    }

    private static String text(Frame frame) {
        assertThat(frame).isInstanceOf(Frame.Output.class);
        return new String(ControlPlane.bytesOf(((Frame.Output) frame).bytes()), StandardCharsets.UTF_8);
    }

    @Test
    void megabytesGoThrough() {
        push(ECHO);
        byte[] input = new byte[20_000_000];
        new Random(1).nextBytes(input);
        ExecutionOrder order = streaming(ECHO, 100_000_000);
        CompletableFuture<ControlPlane.Answer> answer =
                plane.order(order, NOTHING).sendAside();

        assertThat(plane.input(order.id(), new ByteArrayInputStream(input))
                        .send()
                        .status())
                .isEqualTo(204);

        assertThat(outcome(answer.join())).isEqualTo(new Outcome.Exited(0));
        assertThat(answer.join().output()).isEqualTo(input);
    }

    @Test
    void anInputThatIsLongerThanItMayBeEndsTheInstance() {
        push(ECHO);
        ExecutionOrder order = streaming(ECHO, 1000);
        CompletableFuture<ControlPlane.Answer> answer =
                plane.order(order, NOTHING).sendAside();
        plane.input(order.id(), new ByteArrayInputStream(new byte[2000])).send();

        // It is told of an error when it reads, or ended before, or not even begun.
        assertThat(answer.join().status()).isEqualTo(200);
        assertThat(answer.join().output()).hasSizeLessThanOrEqualTo(1000);
        assertThat(plane.order(streaming(ECHO, 1000), new byte[2000]).send().status())
                .isEqualTo(400);
    }

    @Test
    void anInputComesOnce() {
        push(ECHO);
        ExecutionOrder order = streaming(ECHO, 1000);
        CompletableFuture<ControlPlane.Answer> answer =
                plane.order(order, NOTHING).sendAside();
        ControlPlane.Answer first =
                plane.input(order.id(), new ByteArrayInputStream(new byte[10])).send();
        ControlPlane.Answer second =
                plane.input(order.id(), new ByteArrayInputStream(new byte[10])).send();

        assertThat(first.status()).isEqualTo(204);
        assertThat(second.status()).isIn(404, 409);
        assertThat(answer.join().output()).hasSize(10);
    }

    @Test
    void anExecutionCanBeCancelled() {
        push(LOOP);
        ExecutionOrder order = command(LOOP);
        CompletableFuture<ControlPlane.Answer> answer =
                plane.order(order, NOTHING).sendAside();
        await().until(() -> plane.cancel(order.id()).status() == 204);

        InvocationResult result = answer.join().result().result();
        assertThat(result)
                .matches(ended -> ended instanceof InvocationResult.Stopped
                        || (ended instanceof InvocationResult.Ran ran
                                && ran.execution()
                                        .outcome()
                                        .equals(new Outcome.Interrupted(Interruption.Reason.CANCELLED))));
        assertThat(plane.cancel(order.id()).status()).isEqualTo(404);
    }

    @Test
    void aControlPlaneThatIsGoneEndsItsExecutions() throws IOException {
        push(LOOP);
        HttpResponse<InputStream> response = plane.order(command(LOOP), NOTHING).exchange(BodyHandlers.ofInputStream());
        assertThat(worker.bean(Scheduler.class).slotsInUse()).isPositive();

        response.body().close();

        await().until(() -> worker.bean(Scheduler.class).slotsInUse() == 0);
    }

    @Test
    void aFullWorkerSaysSoAndHasStartedNothing() {
        push(LOOP);
        List<ExecutionOrder> orders = new ArrayList<>();
        List<CompletableFuture<ControlPlane.Answer>> answers = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            orders.add(command(LOOP));
            answers.add(plane.order(orders.get(i), NOTHING).sendAside());
        }
        // Two run; two are refused at once, for the queue is full; and two after they have waited.
        await().until(() -> answers.stream().filter(CompletableFuture::isDone).count() == 4);
        answers.stream()
                .filter(CompletableFuture::isDone)
                .map(CompletableFuture::join)
                .forEach(answer -> {
                    assertThat(answer.status()).isEqualTo(503);
                    assertThat(answer.refusal()).isEqualTo("worker-busy");
                });
        orders.forEach(order -> plane.cancel(order.id()));
        answers.forEach(CompletableFuture::join);
    }

    @Test
    void theSameOrderIsNotExecutedTwiceAtOnce() {
        push(LOOP);
        ExecutionOrder order = command(LOOP);
        CompletableFuture<ControlPlane.Answer> first =
                plane.order(order, NOTHING).sendAside();
        await().until(() -> worker.bean(Scheduler.class).slotsInUse() > 0);

        assertThat(plane.order(order, NOTHING).send().status()).isEqualTo(409);

        await().until(() -> plane.cancel(order.id()).status() == 204);
        first.join();
    }

    @Test
    void nobodyGetsInWhoDoesNotKnowTheSecret() {
        for (String path : List.of(ClusterPaths.STATUS, ClusterPaths.ROOT, "/internal/", "/internal/v2/x")) {
            assertThat(http.get(path).status()).as(path).isEqualTo(403);
            assertThat(http.get(path, "Authorization", "Bearer key").status())
                    .as(path)
                    .isEqualTo(403);
        }
        String stranger = new ControlPlane(worker, "another secret with enough characters")
                .sign("GET", ClusterPaths.STATUS, Optional.empty(), ContentHash.NONE, BodyPublishers.noBody())
                .signature()
                .authorization();
        assertThat(http.get(ClusterPaths.STATUS, "Authorization", stranger).status())
                .isEqualTo(403);
        // Other spellings lead nowhere.
        assertThat(http.get("/%69nternal/v1/status").status()).isBetween(400, 404);
        assertThat(http.get("//internal/v1/status").status()).isBetween(400, 404);
    }

    @Test
    void aRequestCountsOnce() {
        String authorization = plane.sign(
                        "GET", ClusterPaths.STATUS, Optional.empty(), ContentHash.NONE, BodyPublishers.noBody())
                .signature()
                .authorization();

        assertThat(http.get(ClusterPaths.STATUS, "Authorization", authorization).status())
                .isEqualTo(200);
        assertThat(http.get(ClusterPaths.STATUS, "Authorization", authorization).status())
                .isEqualTo(403);
    }

    @Test
    void anOrderForAnotherProcessIsRefused() {
        byte[] head = new OrderCodec().encode(command(ECHO));
        for (Optional<UUID> other : List.<Optional<UUID>>of(Optional.empty(), Optional.of(UUID.randomUUID()))) {
            ControlPlane.Answer answer = plane.sign(
                            "POST",
                            ClusterPaths.EXECUTIONS,
                            other,
                            ContentHash.of(head),
                            BodyPublishers.ofByteArray(head))
                    .send();
            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.refusal()).isEqualTo("worker-draining");
        }
    }

    @Test
    void aChangedOrderIsRefused() {
        byte[] head = new OrderCodec().encode(command(ECHO));
        byte[] other = new OrderCodec().encode(command(LOOP));

        assertThat(plane.order(other, ContentHash.of(head), NOTHING).send().status())
                .isEqualTo(400);
    }

    @Test
    void garbledOrdersAreRefusedAndTheWorkerGoesOn() {
        push(ECHO);
        byte[] head = new OrderCodec().encode(command(ECHO));
        Random random = new Random(7);
        for (int i = 0; i < 200; i++) {
            byte[] garbled = head.clone();
            garbled[random.nextInt(garbled.length)] ^= (byte) (1 << random.nextInt(8));
            assertThat(plane.order(garbled, ContentHash.of(garbled), NOTHING)
                            .send()
                            .status())
                    .isIn(200, 400, 404, 409);
        }
        assertThat(outcome(plane.order(command(ECHO), NOTHING).send())).isEqualTo(new Outcome.Exited(0));
    }

    /** Without a signature a control plane would take it for somebody else's answer, and the worker for lost. */
    @Test
    void aFaultIsAnsweredSignedAndSaysNothingOfWhatWasMeantToBeAnswered() throws IOException {
        ClusterSecret secret = ClusterSecret.of(SECRET);
        SignedRequest signed = new RequestSigner(secret, InstantSource.system())
                .sign("POST", ClusterPaths.EXECUTIONS, Optional.empty(), ContentHash.NONE);
        Verdict verdict = new RequestVerifier(secret, InstantSource.system())
                .verify("POST", ClusterPaths.EXECUTIONS, signed.authorization());
        MockHttpServletResponse response = new MockHttpServletResponse();
        response.setHeader(ClusterHeaders.REFUSAL, "worker-busy");
        Exchange exchange = new Exchange(
                new MockHttpServletRequest("POST", ClusterPaths.EXECUTIONS),
                response,
                Optional.of((Verdict.Accepted) verdict),
                worker.bean(WorkerSelf.class),
                worker.bean(ProblemWriter.class));

        exchange.fault(new IllegalStateException("of this test"));

        assertThat(response.getStatus()).isEqualTo(500);
        assertThat(response.getHeader(ClusterHeaders.REFUSAL)).isNull();
        assertThat(response.getContentAsString()).contains("/problems/internal").doesNotContain("of this test");
        assertThat(signed.isAnsweredBy(
                        new AnswerHead(500, Optional.empty(), Optional.empty()),
                        response.getHeader(ClusterHeaders.ANSWER)))
                .isTrue();
    }

    @Test
    void itHasNoPublicApiButHealthAndMetrics() {
        assertThat(http.get("/actuator/health").status()).isEqualTo(200);
        assertThat(http.get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(http.get("/v1/functions").status()).isEqualTo(404);
        assertThat(http.get("/v1/invocations").status()).isEqualTo(404);
        assertThat(http.get("/f/hello").status()).isEqualTo(404);
        assertThat(http.get("/v3/api-docs").status()).isEqualTo(404);
        push(ECHO);
        outcome(plane.order(command(ECHO), NOTHING).send());
        assertThat(http.get("/actuator/prometheus").text())
                .contains("mayfly_worker_executions_total{result=\"ran\"}")
                .contains("mayfly_worker_module_cache_bytes")
                .contains("mayfly_worker_modules_received_total")
                .contains("mayfly_scheduling_slots")
                .doesNotContain("hikari");
    }

    @Test
    void itSaysWhatItIs() {
        push(ECHO);

        assertThat(plane.status().name()).isEqualTo("w1");
        assertThat(plane.status().engine()).isIn("microvm", "wasmtime");
        assertThat(plane.status().modules()).contains(digest(ECHO));
        assertThat(plane.status().load().draining()).isFalse();
    }
}

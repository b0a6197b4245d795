package dev.mayfly.functions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.sandbox.EngineException;
import dev.mayfly.testing.Database;
import dev.mayfly.testing.FakeEngine;
import dev.mayfly.testing.FakeEngineConfiguration;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Http.Answer;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testing.TestModules;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens when more is uploaded, or something harder, than the server and its engine can take. */
@SuppressWarnings("NullAway.Init")
class UploadCapacityIT {

    private static Mayfly mayfly;
    private static Http http;
    private static FakeEngine engine;

    @BeforeAll
    static void start(@TempDir Path directory) {
        mayfly = Mayfly.start(
                directory,
                Database.H2,
                Map.of(
                        "mayfly.modules.max-concurrent-compilations", "1",
                        "mayfly.modules.max-concurrent-uploads", "2",
                        "mayfly.modules.compilation-wait", "50ms"),
                FakeEngineConfiguration.class);
        http = new Http(mayfly);
        engine = mayfly.bean(FakeEngine.class);
    }

    @AfterAll
    static void stop() {
        mayfly.close();
    }

    @Test
    void anUploadThatFindsNoCompilerIsToldToComeBack() throws Exception {
        CountDownLatch compiling = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        engine.beforeCompilation(() -> {
            compiling.countDown();
            await(release);
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Answer> first =
                    threads.submit(() -> http.upload("/v1/functions/first/versions", TestModules.command("a")));
            compiling.await();

            Answer second = http.upload("/v1/functions/second/versions", TestModules.command("b"));

            assertThat(second.status()).isEqualTo(429);
            assertThat(second.text("type")).isEqualTo("/problems/over-capacity");
            assertThat(second.text("limit")).isEqualTo("mayfly.modules.max-concurrent-compilations");
            assertThat(second.header("Retry-After")).isEqualTo("5");
            release.countDown();
            assertThat(first.get().status()).isEqualTo(201);
        } finally {
            engine.beforeCompilation(null);
        }
    }

    @Test
    void anUploadTooManyAtATimeIsToldToComeBack() throws Exception {
        byte[] module = TestModules.command("slow");
        try (SlowUpload first = new SlowUpload("/v1/functions/slow/versions", module.length);
                SlowUpload second = new SlowUpload("/v1/functions/slower/versions", module.length)) {
            first.send(module, 0, 10);
            second.send(module, 0, 10);

            Answer refused = Awaitility.await()
                    .until(() -> http.upload("/v1/functions/third/versions", module), answer -> answer.status() == 429);
            assertThat(refused.text("limit")).isEqualTo("mayfly.modules.max-concurrent-uploads");
            assertThat(refused.header("Retry-After")).isEqualTo("5");

            first.send(module, 10, module.length - 10);
            assertThat(first.statusLine()).contains(" 201 ");
            assertThat(http.upload("/v1/functions/third/versions", module).status())
                    .isEqualTo(201);
        }
    }

    @Test
    void anUploadWhoseClientGoesAwayFreesItsPlaceAndLeavesNothing() throws Exception {
        for (int i = 0; i < 5; i++) {
            try (SlowUpload gone = new SlowUpload("/v1/functions/gone/versions", 1000)) {
                gone.send(TestModules.command("gone"), 0, 10);
            }
        }

        Awaitility.await()
                .until(() -> http.upload("/v1/functions/next/versions", TestModules.command("next"))
                                .status()
                        == 201);
        assertThat(http.get("/v1/functions/gone").status()).isEqualTo(404);
    }

    @Test
    void aValidModuleThatTheEngineCannotCompileIsRefusedWithoutTheEnginesWords() {
        engine.fail(new EngineException("secret of the engine"));
        try {
            Answer answer = http.upload("/v1/functions/uncompilable/versions", TestModules.command("c"));

            assertThat(answer.status()).isEqualTo(422);
            assertThat(answer.text("type")).isEqualTo("/problems/module-unsupported");
            assertThat(answer.text()).doesNotContain("secret");
            assertThat(http.get("/v1/functions/uncompilable").status()).isEqualTo(404);
        } finally {
            engine.fail(null);
        }
    }

    @Test
    void aFaultInsideIsReportedByItsIdAlone() {
        engine.beforeCompilation(() -> {
            throw new IllegalStateException("secret of the implementation");
        });
        try {
            Answer answer = http.upload("/v1/functions/faulty/versions", TestModules.command("d"));

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.text("type")).isEqualTo("/problems/internal");
            assertThat(answer.text("errorId")).isNotEmpty();
            assertThat(answer.text()).doesNotContain("secret", "IllegalState");
        } finally {
            engine.beforeCompilation(null);
        }
    }

    /** An upload by a client that takes its time. */
    private static final class SlowUpload implements AutoCloseable {

        private final Socket socket;

        SlowUpload(String path, int length) throws IOException {
            URI server = mayfly.uri(path);
            socket = new Socket(server.getHost(), server.getPort());
            socket.setSoTimeout(30_000);
            String head = "POST " + path + " HTTP/1.1\r\nHost: " + server.getAuthority()
                    + "\r\nContent-Type: application/wasm\r\nContent-Length: " + length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        }

        void send(byte[] bytes, int offset, int length) throws IOException {
            socket.getOutputStream().write(bytes, offset, length);
            socket.getOutputStream().flush();
        }

        String statusLine() throws IOException {
            return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                    .readLine();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

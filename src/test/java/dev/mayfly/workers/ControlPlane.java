package dev.mayfly.workers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.cluster.AnswerHead;
import dev.mayfly.cluster.ClusterHeaders;
import dev.mayfly.cluster.ClusterPaths;
import dev.mayfly.cluster.ClusterSecret;
import dev.mayfly.cluster.Content;
import dev.mayfly.cluster.ContentHash;
import dev.mayfly.cluster.ExecutionOrder;
import dev.mayfly.cluster.Frame;
import dev.mayfly.cluster.FrameReader;
import dev.mayfly.cluster.OrderCodec;
import dev.mayfly.cluster.RequestSigner;
import dev.mayfly.cluster.SignedRequest;
import dev.mayfly.cluster.StatusCodec;
import dev.mayfly.cluster.WorkerStatus;
import dev.mayfly.testing.Mayfly;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A control plane in small: speaks the protocol, and requires every answer to be signed. */
final class ControlPlane {

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private static final ExecutorService ASIDE = Executors.newVirtualThreadPerTaskExecutor();

    private final Mayfly worker;
    private final RequestSigner signer;
    private final OrderCodec codec = new OrderCodec();
    private @Nullable UUID receiver;

    ControlPlane(Mayfly worker, String secret) {
        this.worker = worker;
        this.signer = new RequestSigner(ClusterSecret.of(secret), InstantSource.system());
    }

    /** An answer of a worker. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Answer(int status, String refusal, String missing, byte[] body) {

        /** Its frames; an answer without a result is no answer. */
        List<Frame> frames() {
            FrameReader reader = new FrameReader(new ByteArrayInputStream(body));
            List<Frame> frames = new ArrayList<>();
            try {
                do {
                    frames.add(reader.read());
                } while (!(frames.getLast() instanceof Frame.Result));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return frames;
        }

        Frame.Result result() {
            return (Frame.Result) frames().getLast();
        }

        byte[] output() {
            ByteArrayOutputStream output = new ByteArrayOutputStream();
            for (Frame frame : frames()) {
                if (frame instanceof Frame.Output(var bytes)) {
                    output.writeBytes(bytesOf(bytes));
                }
            }
            return output.toByteArray();
        }

        String text() {
            return new String(body, StandardCharsets.UTF_8);
        }
    }

    /** A request that may be sent once. */
    record Request(SignedRequest signature, HttpRequest.Builder http) {

        Answer send() {
            HttpResponse<byte[]> response = exchange(BodyHandlers.ofByteArray());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue(ClusterHeaders.REFUSAL).orElse(""),
                    response.headers().firstValue(ClusterHeaders.MISSING).orElse(""),
                    response.body());
        }

        <T> HttpResponse<T> exchange(HttpResponse.BodyHandler<T> handler) {
            try {
                HttpResponse<T> response = CLIENT.send(http.build(), handler);
                AnswerHead head = new AnswerHead(
                        response.statusCode(),
                        response.headers().firstValue(ClusterHeaders.REFUSAL),
                        response.headers().firstValue(ClusterHeaders.LOAD),
                        response.headers().firstValue(ClusterHeaders.MISSING));
                assertThat(signature.isAnsweredBy(
                                head,
                                response.headers()
                                        .firstValue(ClusterHeaders.ANSWER)
                                        .orElse(null)))
                        .as("the answer %s is signed", head)
                        .isTrue();
                return response;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }

        CompletableFuture<Answer> sendAside() {
            return CompletableFuture.supplyAsync(this::send, ASIDE);
        }
    }

    static byte[] bytesOf(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    WorkerStatus status() {
        Answer answer = sign("GET", ClusterPaths.STATUS, Optional.empty(), ContentHash.NONE, BodyPublishers.noBody())
                .send();
        try {
            return StatusCodec.decode(new ByteArrayInputStream(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer push(ContentDigest digest, byte[] module) {
        return push(new Content(Content.Kind.MODULE, digest), module);
    }

    Answer push(Content content, byte[] bytes) {
        return put(content, bytes).send();
    }

    Request put(Content content, byte[] bytes) {
        return sign("PUT", content.path(), receiver(), ContentHash.NONE, BodyPublishers.ofByteArray(bytes));
    }

    /** Sends it only if the worker wants it, as control planes do. */
    Answer offer(Content content, byte[] bytes, AtomicInteger asked) {
        InputStream counted = new ByteArrayInputStream(bytes);
        HttpRequest.BodyPublisher body = BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(() -> {
                    asked.incrementAndGet();
                    return counted;
                }),
                bytes.length);
        Request request = sign("PUT", content.path(), receiver(), ContentHash.NONE, body);
        request.http().expectContinue(true).header("If-None-Match", "*");
        return request.send();
    }

    /** Begins to send content; what is written and flushed is on its way. */
    HttpURLConnection openContent(Content content, int length) throws IOException {
        HttpURLConnection connection = open("PUT", content.path());
        connection.setFixedLengthStreamingMode(length);
        return connection;
    }

    Request order(ExecutionOrder order, byte[] input) {
        byte[] head = codec.encode(order);
        return order(head, ContentHash.of(head), input);
    }

    Request order(byte[] head, ContentHash signed, byte[] input) {
        byte[] body = Arrays.copyOf(head, head.length + input.length);
        System.arraycopy(input, 0, body, head.length, input.length);
        return sign("POST", ClusterPaths.EXECUTIONS, receiver(), signed, BodyPublishers.ofByteArray(body));
    }

    Request input(UUID id, InputStream input) {
        return sign(
                "POST",
                ClusterPaths.input(id),
                receiver(),
                ContentHash.NONE,
                BodyPublishers.ofInputStream(() -> input));
    }

    /** Begins to send input; what is written and flushed is on its way, which the other client does not promise. */
    HttpURLConnection openInput(UUID id) throws IOException {
        HttpURLConnection connection = open("POST", ClusterPaths.input(id));
        connection.setChunkedStreamingMode(1);
        return connection;
    }

    private HttpURLConnection open(String method, String path) throws IOException {
        HttpURLConnection connection =
                (HttpURLConnection) worker.uri(path).toURL().openConnection();
        connection.setRequestMethod(method);
        connection.setRequestProperty(
                ClusterHeaders.AUTHORIZATION,
                signer.sign(method, path, receiver(), ContentHash.NONE).authorization());
        connection.setRequestProperty("Content-Type", "application/octet-stream");
        connection.setDoOutput(true);
        return connection;
    }

    Answer cancel(UUID id) {
        return sign("DELETE", ClusterPaths.execution(id), receiver(), ContentHash.NONE, BodyPublishers.noBody())
                .send();
    }

    private Optional<UUID> receiver() {
        if (receiver == null) {
            receiver = status().instance();
        }
        return Optional.of(receiver);
    }

    Request sign(String method, String path, Optional<UUID> to, ContentHash content, HttpRequest.BodyPublisher body) {
        SignedRequest signed = signer.sign(method, path, to, content);
        return new Request(
                signed,
                HttpRequest.newBuilder(worker.uri(path))
                        .header(ClusterHeaders.AUTHORIZATION, signed.authorization())
                        .method(method, body));
    }
}

package dev.mayfly.placement;

import dev.mayfly.cluster.AnswerHead;
import dev.mayfly.cluster.ClusterHeaders;
import dev.mayfly.cluster.ClusterPaths;
import dev.mayfly.cluster.ContentHash;
import dev.mayfly.cluster.MissingDisks;
import dev.mayfly.cluster.ProtocolException;
import dev.mayfly.cluster.Refusal;
import dev.mayfly.cluster.RequestSigner;
import dev.mayfly.cluster.SignedRequest;
import dev.mayfly.cluster.StatusCodec;
import dev.mayfly.cluster.WorkerLoad;
import dev.mayfly.cluster.WorkerStatus;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/** Sends requests to workers, signed where there is a secret, and believes only their answers. Thread-safe. */
final class WorkerClient {

    private final CloseableHttpClient http;
    private final @Nullable RequestSigner signer;

    /**
     * A client.
     *
     * @param signer signs requests and knows the answers; null where certificates tell who is who
     */
    WorkerClient(CloseableHttpClient http, @Nullable RequestSigner signer) {
        this.http = http;
        this.signer = signer;
    }

    /** How a worker is. */
    WorkerStatus status(WorkerAddress address, Duration timeout) throws IOException {
        HttpGet request = new HttpGet(ClusterPaths.STATUS);
        request.setConfig(within(timeout));
        try (WorkerAnswer answer = send(address, Optional.empty(), request, ContentHash.NONE)) {
            if (!answer.isSuccess()) {
                throw new IOException("a status of " + answer.response().getCode());
            }
            return StatusCodec.decode(answer.content());
        }
    }

    /** A request's bound on each wait for bytes of its answer. */
    static RequestConfig within(Duration timeout) {
        return bounded(timeout).build();
    }

    /** Likewise, and has the worker say whether it wants the content before it is sent. */
    static RequestConfig askingFirst(Duration timeout) {
        return bounded(timeout).setExpectContinueEnabled(true).build();
    }

    private static RequestConfig.Builder bounded(Duration timeout) {
        return RequestConfig.custom()
                .setResponseTimeout(Timeout.of(timeout))
                .setConnectionRequestTimeout(Timeout.of(timeout));
    }

    /**
     * Sends a request. {@link HttpUriRequestBase#cancel} ends it at any time, its answer included.
     *
     * @param receiver the process it is for
     * @param content of the request, as far as it is signed
     * @throws IOException if there is no answer, or nobody who may answer gave it
     */
    WorkerAnswer send(WorkerAddress address, Optional<UUID> receiver, HttpUriRequestBase request, ContentHash content)
            throws IOException {
        Optional<SignedRequest> signed = Optional.ofNullable(signer)
                .map(key -> key.sign(request.getMethod(), request.getRequestUri(), receiver, content));
        signed.ifPresent(head -> request.setHeader(ClusterHeaders.AUTHORIZATION, head.authorization()));
        ClassicHttpResponse response = http.executeOpen(address.target(), request, null);
        try {
            return verified(response, signed);
        } catch (IOException | RuntimeException e) {
            response.close();
            throw e;
        }
    }

    private static WorkerAnswer verified(ClassicHttpResponse response, Optional<SignedRequest> signed)
            throws IOException {
        Optional<String> refusal = header(response, ClusterHeaders.REFUSAL);
        Optional<String> load = header(response, ClusterHeaders.LOAD);
        Optional<String> missing = header(response, ClusterHeaders.MISSING);
        AnswerHead head = new AnswerHead(response.getCode(), refusal, load, missing);
        String signature = header(response, ClusterHeaders.ANSWER).orElse(null);
        if (signed.isPresent() && !signed.get().isAnsweredBy(head, signature)) {
            throw new ProtocolException("an answer (" + response.getCode() + ") that no worker of this cluster signed");
        }
        return new WorkerAnswer(
                response,
                refusal.flatMap(Refusal::of),
                load.isEmpty() ? Optional.empty() : Optional.of(parse(load)),
                MissingDisks.parse(missing.orElse("")));
    }

    private static WorkerLoad parse(Optional<String> load) throws ProtocolException {
        return WorkerLoad.parse(load.orElseThrow());
    }

    private static Optional<String> header(ClassicHttpResponse response, String name) {
        return Optional.ofNullable(response.getFirstHeader(name)).map(Header::getValue);
    }
}

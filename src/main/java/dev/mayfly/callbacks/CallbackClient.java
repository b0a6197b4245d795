package dev.mayfly.callbacks;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.routing.RoutingSupport;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;

/** Posts to receivers, within a time that is bounded as a whole, however slowly they answer. */
final class CallbackClient implements AutoCloseable {

    /** What a receiver answers is of no interest; so much is read so as not to break off its connection. */
    private static final int ANSWER = 8 * 1024;

    private final CloseableHttpClient http;
    private final ScheduledExecutorService timer;
    private final Duration timeout;

    CallbackClient(CloseableHttpClient http, ScheduledExecutorService timer, Duration timeout) {
        this.http = http;
        this.timer = timer;
        this.timeout = timeout;
    }

    AttemptOutcome post(URI address, byte[] body, Map<String, String> headers) {
        HttpPost post = new HttpPost(address);
        post.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
        headers.forEach(post::setHeader);
        ScheduledFuture<?> end = timer.schedule(post::abort, timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            ClassicHttpResponse response = http.executeOpen(RoutingSupport.determineHost(post), post, null);
            drain(post, response);
            return AttemptOutcome.answered(response.getCode(), retryAfter(response));
        } catch (IOException | HttpException e) {
            return AttemptOutcome.failed(post.isAborted() ? "timeout" : wordFor(e));
        } finally {
            end.cancel(false);
        }
    }

    /** With the status, everything is known that counts: nothing that fails from here on changes it. */
    private static void drain(HttpPost post, ClassicHttpResponse response) {
        try (response) {
            InputStream answer =
                    response.getEntity() == null ? null : response.getEntity().getContent();
            if (answer != null && answer.readNBytes(ANSWER).length == ANSWER) {
                post.abort();
            }
        } catch (IOException brokenOff) {
            post.abort();
        }
    }

    private static String wordFor(Exception fault) {
        return switch (fault) {
            case GuardedResolver.RefusedAddressException _ -> "address-refused";
            case UnknownHostException _ -> "unknown-host";
            case SSLException _ -> "tls";
            case InterruptedIOException _ -> "timeout";
            case java.net.ConnectException _ -> "connect-failed";
            default -> "io";
        };
    }

    private static Duration retryAfter(ClassicHttpResponse response) {
        Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        return header != null && header.getValue().matches("[0-9]{1,6}")
                ? Duration.ofSeconds(Long.parseLong(header.getValue()))
                : Duration.ZERO;
    }

    @Override
    public void close() throws IOException {
        timer.shutdownNow();
        http.close();
    }
}

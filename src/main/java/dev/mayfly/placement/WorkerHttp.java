package dev.mayfly.placement;

import dev.mayfly.cluster.ClusterProperties;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.SocketConfig;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.springframework.boot.ssl.SslBundles;

/** The HTTP client that workers are spoken to with: many connections, kept, and nothing done behind our back. */
final class WorkerHttp {

    /** The slots bound what goes on at once; the pool shall not. */
    private static final int MOST_CONNECTIONS = 100_000;

    /**
     * A connection that was idle for longer is looked at before it is used, which costs a millisecond: an order on a
     * connection that its worker had closed would count as lost.
     */
    private static final TimeValue LOOK_AFTER = TimeValue.ofMilliseconds(50);

    /** Less than the worker keeps them. */
    private static final TimeValue LONGEST_IDLE = TimeValue.ofSeconds(15);

    /** A worker always answers whether it wants content. Until then none is sent. */
    private static final Http1Config ANSWER_FIRST =
            Http1Config.custom().setWaitForContinueTimeout(Timeout.ofDays(1)).build();

    private WorkerHttp() {}

    static CloseableHttpClient client(ClusterProperties cluster, SslBundles bundles) {
        PoolingHttpClientConnectionManagerBuilder connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setMaxConnPerRoute(MOST_CONNECTIONS)
                .setMaxConnTotal(MOST_CONNECTIONS)
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setDefaultSocketConfig(SocketConfig.custom()
                        .setTcpNoDelay(true)
                        .setSoKeepAlive(true)
                        .build())
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(cluster.connectTimeout()))
                        .setSocketTimeout(Timeout.DISABLED)
                        .setValidateAfterInactivity(LOOK_AFTER)
                        .build());
        if (cluster.sslBundle() != null) {
            connections.setTlsSocketStrategy(new DefaultClientTlsStrategy(
                    bundles.getBundle(cluster.sslBundle()).createSslContext()));
        }
        return HttpClients.custom()
                .setRequestExecutor(new HttpRequestExecutor(ANSWER_FIRST, null, null))
                .setConnectionManager(connections.build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(Timeout.DISABLED)
                        .setConnectionRequestTimeout(Timeout.of(cluster.connectTimeout()))
                        .build())
                .evictIdleConnections(LONGEST_IDLE)
                .setUserAgent("mayfly")
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .disableAuthCaching()
                .build();
    }
}

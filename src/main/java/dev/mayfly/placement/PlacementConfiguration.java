package dev.mayfly.placement;

import dev.mayfly.archives.IncomingArchives;
import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.cluster.ClusterProperties;
import dev.mayfly.cluster.OrderCodec;
import dev.mayfly.cluster.PerKind;
import dev.mayfly.cluster.RequestSigner;
import dev.mayfly.disks.DiskStore;
import dev.mayfly.scheduling.NanoClock;
import dev.mayfly.scheduling.Scheduler;
import dev.mayfly.scheduling.SlotThreadFactory;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Wires a control plane's side of the cluster. */
@Configuration(proxyBeanMethods = false)
class PlacementConfiguration {

    private static final Duration FIRST_BACKOFF = Duration.ofMillis(500);
    private static final Duration FIRST_BUSY_PAUSE = Duration.ofMillis(10);
    private static final Duration LONGEST_BUSY_PAUSE = Duration.ofMillis(250);

    @Bean
    CloseableHttpClient workerHttpClient(ClusterProperties cluster, SslBundles bundles) {
        return WorkerHttp.client(cluster, bundles);
    }

    @Bean
    WorkerClient workerClient(CloseableHttpClient workerHttpClient, ClusterProperties cluster) {
        RequestSigner signer = cluster.key()
                .map(key -> new RequestSigner(key, InstantSource.system()))
                .orElse(null);
        return new WorkerClient(workerHttpClient, signer);
    }

    @Bean
    Membership membership(
            WorkerClient client, ClusterProperties cluster, PlacementProperties properties, NanoClock clock) {
        Backoff backoff = new Backoff(FIRST_BACKOFF, properties.maxBackoff(), ThreadLocalRandom::current);
        return new Membership(
                new MembershipRules(cluster.heartbeat(), properties.lostAfter(), backoff),
                address -> client.status(address, properties.heartbeatTimeout()),
                heartbeat -> Thread.ofVirtual().name("heartbeat").start(heartbeat),
                clock,
                InstantSource.system());
    }

    @Bean
    MembershipLoop membershipLoop(
            Membership membership, ClusterProperties cluster, PlacementProperties properties, Scheduler scheduler) {
        Discovery discovery = new Discovery(
                cluster.workers(),
                cluster.sslBundle() == null ? "http" : "https",
                host -> List.of(InetAddress.getAllByName(host)));
        return new MembershipLoop(membership, discovery, properties.resolveInterval(), scheduler::resize);
    }

    @Bean
    PlacementMetrics placementMetrics(MeterRegistry meters, Membership membership) {
        PlacementMetrics metrics = new PlacementMetrics(meters);
        metrics.watch(membership);
        return metrics;
    }

    @Bean
    RemoteExecutor remoteExecutor(
            Membership membership,
            WorkerClient client,
            ArtifactStore modules,
            @DiskStore ArtifactStore disks,
            IncomingArchives archives,
            PlacementMetrics metrics,
            PlacementProperties properties,
            NanoClock clock) {
        return new RemoteExecutor(new RemoteContext(
                membership,
                new Placement(ThreadLocalRandom::current),
                client,
                new ContentPushes(
                        client, new PerKind<>(modules, disks), properties.pushTimeout(), clock, metrics::pushed),
                new NeedsOfVersions(disks),
                archives,
                new OrderCodec(),
                new Backoff(FIRST_BUSY_PAUSE, LONGEST_BUSY_PAUSE, ThreadLocalRandom::current),
                metrics,
                properties,
                clock));
    }

    /** They do nothing but wait for workers, so they are virtual: as many as the cluster has slots cost next to nothing. */
    @Bean
    SlotThreadFactory remoteSlotThreads() {
        return Thread.ofVirtual().name("slot-", 1).factory()::newThread;
    }

    @Bean
    WorkersHealthIndicator workersHealthIndicator(Membership membership) {
        return new WorkersHealthIndicator(membership);
    }
}

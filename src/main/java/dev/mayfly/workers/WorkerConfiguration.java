package dev.mayfly.workers;

import dev.mayfly.archives.Handovers;
import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ModuleInspector;
import dev.mayfly.artifacts.ModuleProperties;
import dev.mayfly.cluster.ClusterProperties;
import dev.mayfly.cluster.PerKind;
import dev.mayfly.cluster.RequestVerifier;
import dev.mayfly.disk.layout.StoredDisk;
import dev.mayfly.disks.DiskLayers;
import dev.mayfly.disks.DiskStore;
import dev.mayfly.invocations.InvocationProperties;
import dev.mayfly.invocations.Invoker;
import dev.mayfly.invocations.connections.ProbeRounds;
import dev.mayfly.invocations.streams.BufferBudget;
import dev.mayfly.problems.ProblemType;
import dev.mayfly.problems.ProblemWriter;
import dev.mayfly.sandbox.Engine;
import dev.mayfly.scheduling.NanoClock;
import dev.mayfly.scheduling.Scheduler;
import dev.mayfly.wasm.ModuleException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Objects;
import org.apache.coyote.ContinueResponseTiming;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.info.BuildProperties;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/** Wires the worker. */
@Configuration(proxyBeanMethods = false)
class WorkerConfiguration {

    private static final int MOST_DISKS_AT_ONCE = 4;

    /** A disk that has made room is not kept open. */
    @Bean
    WorkerContents workerContents(
            ArtifactStore modules,
            @DiskStore ArtifactStore disks,
            DiskLayers layers,
            WorkerProperties properties,
            MeterRegistry meters)
            throws IOException {
        WorkerContents contents = new WorkerContents(
                new ContentCache(modules, properties.moduleCache().toBytes(), _ -> {}, InstantSource.system()),
                new ContentCache(disks, properties.diskCache().toBytes(), layers::forget, InstantSource.system()));
        gauge("mayfly.worker.module.cache", "Disk space that modules take", contents.modules(), meters);
        gauge("mayfly.worker.disk.cache", "Disk space that disks take", contents.disks(), meters);
        return contents;
    }

    private static void gauge(String name, String description, ContentCache cache, MeterRegistry meters) {
        Gauge.builder(name, cache, contents -> (double) contents.bytes())
                .description(description)
                .baseUnit("bytes")
                .register(meters);
    }

    @Bean
    WorkerSelf workerSelf(
            WorkerProperties properties,
            ObjectProvider<BuildProperties> build,
            Engine engine,
            Scheduler scheduler,
            WorkerContents contents)
            throws UnknownHostException {
        String name = properties.name() == null ? InetAddress.getLocalHost().getHostName() : properties.name();
        String software =
                build.stream().map(BuildProperties::getVersion).findFirst().orElse("development");
        return new WorkerSelf(name, software, engine.name(), scheduler, contents);
    }

    @Bean
    Executions executions() {
        return new Executions();
    }

    @Bean
    ProbeRounds flushRounds(WorkerProperties properties) {
        return new ProbeRounds("worker-flush", properties.flushInterval());
    }

    @Bean
    ExecutionEndpoint executionEndpoint(
            WorkerContents contents,
            Invoker invoker,
            ProbeRounds rounds,
            Executions executions,
            Handovers archives,
            InvocationProperties properties,
            BufferBudget buffers,
            NanoClock clock,
            MeterRegistry meters) {
        ExecutionRelay relay = new ExecutionRelay(invoker, rounds, properties, clock);
        return new ExecutionEndpoint(
                contents, invoker, relay, executions, archives, new ExecutionMetrics(meters), buffers, properties);
    }

    @Bean
    ContentEndpoint moduleEndpoint(
            ArtifactStore store,
            WorkerContents contents,
            ModuleInspector inspector,
            ModuleProperties properties,
            MeterRegistry meters) {
        ContentRules rules = new ContentRules(
                properties.maxSize().toBytes(),
                properties.maxConcurrentUploads(),
                properties.maxConcurrentCompilations(),
                file -> requireModule(inspector, file),
                ProblemType.MODULE_INVALID,
                "mayfly.worker.module-cache",
                received("mayfly.worker.modules.received", "Modules that control planes sent", meters));
        return new ContentEndpoint(store, contents.modules(), rules);
    }

    private static void requireModule(ModuleInspector inspector, Path file)
            throws IOException, InvalidContentException {
        try {
            inspector.inspect(file);
        } catch (ModuleException e) {
            throw new InvalidContentException(e);
        }
    }

    @Bean
    ContentEndpoint diskEndpoint(
            @DiskStore ArtifactStore store,
            WorkerContents contents,
            WorkerProperties properties,
            MeterRegistry meters) {
        ContentRules rules = new ContentRules(
                properties.diskCache().toBytes(),
                MOST_DISKS_AT_ONCE,
                1,
                WorkerConfiguration::requireDisk,
                ProblemType.DISK_REFUSED,
                "mayfly.worker.disk-cache",
                received("mayfly.worker.disks.received", "Disks that control planes sent", meters));
        return new ContentEndpoint(store, contents.disks(), rules);
    }

    private static void requireDisk(Path file) throws InvalidContentException {
        try (StoredDisk _ = StoredDisk.open(file)) {
            // It could be opened.
        } catch (IOException e) {
            throw new InvalidContentException(e);
        }
    }

    private static Counter received(String name, String description, MeterRegistry meters) {
        return Counter.builder(name).description(description).register(meters);
    }

    @Bean
    WorkerDrain workerDrain(
            ApplicationContext application,
            WorkerSelf self,
            Executions executions,
            Invoker invoker,
            WorkerProperties properties) {
        return new WorkerDrain(application, self, executions, invoker, properties.drainNotice());
    }

    @Bean
    ClusterGate clusterGate(ClusterProperties cluster, WorkerSelf self, ProblemWriter problems) {
        if (!cluster.authenticates()) {
            throw new MissingAuthenticationException();
        }
        return new ClusterGate(
                cluster.key().map(secret -> new RequestVerifier(secret, InstantSource.system())),
                cluster.sslBundle() != null,
                self,
                problems);
    }

    @Bean
    FilterRegistrationBean<WorkerFilter> workerFilter(
            ClusterGate gate,
            ExecutionEndpoint endpoint,
            ContentEndpoint moduleEndpoint,
            ContentEndpoint diskEndpoint,
            Executions executions,
            Invoker invoker) {
        FilterRegistrationBean<WorkerFilter> registration = new FilterRegistrationBean<>(new WorkerFilter(
                gate, endpoint, new InputEndpoint(executions, invoker), new PerKind<>(moduleEndpoint, diskEndpoint)));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
    }

    /** Who sends contents hears whether they are wanted before sending them: when they are read, that is, and not before. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> continueWhenRead() {
        return factory -> factory.addConnectorCustomizers(connector -> connector.setProperty(
                "continueResponseTiming", ContinueResponseTiming.ON_REQUEST_BODY_READ.toString()));
    }

    /** Probes have no certificate, so one is asked for, and required where it counts. */
    @Bean
    WebServerFactoryCustomizer<TomcatServletWebServerFactory> certificates(
            ClusterProperties cluster, SslBundles bundles) {
        return factory -> {
            if (cluster.sslBundle() != null) {
                Ssl ssl = Ssl.forBundle(Objects.requireNonNull(cluster.sslBundle()));
                ssl.setClientAuth(Ssl.ClientAuth.WANT);
                factory.setSsl(ssl);
                factory.setSslBundles(bundles);
            }
        };
    }
}

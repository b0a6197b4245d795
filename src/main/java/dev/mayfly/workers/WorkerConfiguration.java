package dev.mayfly.workers;

import dev.mayfly.archives.Handovers;
import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ModuleInspector;
import dev.mayfly.artifacts.ModuleProperties;
import dev.mayfly.cluster.ClusterProperties;
import dev.mayfly.cluster.RequestVerifier;
import dev.mayfly.invocations.InvocationProperties;
import dev.mayfly.invocations.Invoker;
import dev.mayfly.invocations.connections.ProbeRounds;
import dev.mayfly.invocations.streams.BufferBudget;
import dev.mayfly.problems.ProblemWriter;
import dev.mayfly.sandbox.Engine;
import dev.mayfly.scheduling.NanoClock;
import dev.mayfly.scheduling.Scheduler;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.InstantSource;
import java.util.Objects;
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

    @Bean
    ModuleCache moduleCache(ArtifactStore store, WorkerProperties properties, MeterRegistry meters) throws IOException {
        ModuleCache cache = new ModuleCache(store, properties.moduleCache().toBytes(), InstantSource.system());
        Gauge.builder("mayfly.worker.module.cache", cache, modules -> (double) modules.bytes())
                .description("Disk that modules take")
                .baseUnit("bytes")
                .register(meters);
        return cache;
    }

    @Bean
    WorkerSelf workerSelf(
            WorkerProperties properties,
            ObjectProvider<BuildProperties> build,
            Engine engine,
            Scheduler scheduler,
            ModuleCache modules)
            throws UnknownHostException {
        String name = properties.name() == null ? InetAddress.getLocalHost().getHostName() : properties.name();
        String software =
                build.stream().map(BuildProperties::getVersion).findFirst().orElse("development");
        return new WorkerSelf(name, software, engine.name(), scheduler, modules);
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
            ModuleCache modules,
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
                modules, invoker, relay, executions, archives, new ExecutionMetrics(meters), buffers, properties);
    }

    @Bean
    ModuleEndpoint moduleEndpoint(
            ArtifactStore store,
            ModuleCache modules,
            ModuleInspector inspector,
            ModuleProperties properties,
            MeterRegistry meters) {
        Counter received = Counter.builder("mayfly.worker.modules.received")
                .description("Modules that control planes sent")
                .register(meters);
        return new ModuleEndpoint(store, modules, inspector, properties, received);
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
            ModuleEndpoint modules,
            Executions executions,
            Invoker invoker,
            ProblemWriter problems) {
        FilterRegistrationBean<WorkerFilter> registration = new FilterRegistrationBean<>(
                new WorkerFilter(gate, endpoint, new InputEndpoint(executions, invoker), modules, problems));
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
        return registration;
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

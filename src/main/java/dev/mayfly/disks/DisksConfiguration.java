package dev.mayfly.disks;

import dev.mayfly.artifacts.DataDirectoryProperties;
import dev.mayfly.functions.Transactions;
import dev.mayfly.roles.ConditionalOnRole;
import dev.mayfly.roles.NodeRole;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires disks into the application. Those that instances lie on are there in each role; there are none on workers yet. */
@Configuration(proxyBeanMethods = false)
class DisksConfiguration {

    @Bean
    DiskFiles diskFiles(DataDirectoryProperties directories) throws IOException {
        return new DiskFiles(directories.disks());
    }

    @Bean
    DiskLayers diskLayers(DiskFiles files, DiskProperties properties) {
        return new DiskLayers(files, properties.mapped());
    }

    /** Where instances run in this process. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole(NodeRole.ALL)
    static class Here {

        @Bean
        DiskRows diskRows(JdbcClient jdbc) {
            return new DiskRows(jdbc);
        }

        @Bean
        ImageRows imageRows(JdbcClient jdbc) {
            return new ImageRows(jdbc);
        }

        @Bean
        NamedDisks namedDisks(DiskRows rows, DiskLayers layers) {
            return new NamedDisks(rows, layers);
        }

        @Bean
        DiskMetrics diskMetrics(DiskLayers layers, MeterRegistry registry) {
            return new DiskMetrics(layers, registry);
        }

        @Bean
        DiskCatalog diskCatalog(DiskRows rows, ImageRows images, DiskFiles files, Transactions transactions) {
            return new DiskCatalog(rows, images, files, transactions, InstantSource.system());
        }

        @Bean
        PlatformThreads diskThreads() {
            return new PlatformThreads();
        }

        @Bean
        DiskUploads diskUploads(
                DiskFiles files,
                DiskCatalog catalog,
                DiskProperties properties,
                PlatformThreads threads,
                DiskMetrics metrics) {
            return new DiskUploads(files, catalog, properties, threads, metrics, InstantSource.system());
        }

        @Bean
        DiskSweeper diskSweeper(
                DiskFiles files, ImageRows images, Transactions transactions, DiskProperties properties) {
            return new DiskSweeper(files, images, transactions, properties, InstantSource.system());
        }
    }

    /** Where they run on workers. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole(NodeRole.CONTROL_PLANE)
    static class Elsewhere {

        @Bean
        NoDisks noDisks() {
            return new NoDisks();
        }
    }
}

package dev.mayfly.disks;

import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ArtifactStores;
import dev.mayfly.artifacts.ArtifactTables;
import dev.mayfly.artifacts.DataDirectoryProperties;
import dev.mayfly.artifacts.FileCheck;
import dev.mayfly.functions.Transactions;
import dev.mayfly.roles.ConditionalOnRole;
import dev.mayfly.roles.NodeRole;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Fallback;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires disks into the application: those that instances lie on in each role, those that have names where there is a database. */
@Configuration(proxyBeanMethods = false)
class DisksConfiguration {

    private static final ArtifactTables DISKS = new ArtifactTables("disk_images", "disk_chunks");

    /** Who asks for a store without saying which means that of modules. */
    @Bean(DiskStore.NAME)
    @Fallback
    ArtifactStore diskStore(ArtifactStores stores, DataDirectoryProperties directories, DiskStoreProperties properties)
            throws IOException {
        return stores.open(directories.disks(), properties.store(), DISKS, properties.storeCache(), FileCheck.ONCE);
    }

    @Bean
    DiskLayers diskLayers(@DiskStore ArtifactStore store, DiskProperties properties, MeterRegistry registry) {
        DiskLayers layers =
                new DiskLayers(store::locate, properties.openTables().toBytes());
        Gauge.builder("mayfly.disks.open", layers, known -> (double) known.count())
                .description("Disks that are open for instances")
                .register(registry);
        return layers;
    }

    /** Where disks have names. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole({NodeRole.ALL, NodeRole.CONTROL_PLANE})
    static class Named {

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
        DiskMetrics diskMetrics(MeterRegistry registry) {
            return new DiskMetrics(registry);
        }

        @Bean
        DiskCatalog diskCatalog(DiskRows rows, ImageRows images, Transactions transactions) {
            return new DiskCatalog(rows, images, transactions, InstantSource.system());
        }

        @Bean
        PlatformThreads diskThreads() {
            return new PlatformThreads();
        }

        @Bean
        DiskUploads diskUploads(
                @DiskStore ArtifactStore store,
                DiskCatalog catalog,
                DiskProperties properties,
                PlatformThreads threads,
                DiskMetrics metrics) {
            return new DiskUploads(store, catalog, properties, threads, metrics, InstantSource.system());
        }

        @Bean
        DiskSweeper diskSweeper(
                @DiskStore ArtifactStore store,
                ImageRows images,
                Transactions transactions,
                DiskProperties properties) {
            return new DiskSweeper(store, images, transactions, properties, InstantSource.system());
        }
    }
}

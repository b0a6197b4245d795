package dev.mayfly.archives;

import dev.mayfly.artifacts.ArtifactPlace;
import dev.mayfly.artifacts.ArtifactStores;
import dev.mayfly.artifacts.DataDirectoryProperties;
import dev.mayfly.roles.ConditionalOnRole;
import dev.mayfly.roles.NodeRole;
import dev.mayfly.scheduling.NanoClock;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires archives into the application: they are made where instances run, and kept where the database is. */
@Configuration(proxyBeanMethods = false)
class ArchivesConfiguration {

    @Bean
    ArchiveStaging archiveStaging(DataDirectoryProperties directories) throws IOException {
        return new ArchiveStaging(directories.archives().resolve("staging"));
    }

    @Bean
    ArchiveMetrics archiveMetrics(MeterRegistry meters) {
        return new ArchiveMetrics(meters);
    }

    @Bean
    @ConditionalOnRole({NodeRole.ALL, NodeRole.WORKER})
    Archiver archiver(
            ArchiveStaging staging,
            ArchiveKeeper keeper,
            ArchiveMetrics metrics,
            ArchiveProperties properties,
            NanoClock clock) {
        return new Archiver(new ArchivePacker(staging, properties, clock), keeper, metrics);
    }

    @Bean
    @ConditionalOnRole(NodeRole.WORKER)
    Handovers handovers() {
        return new Handovers();
    }

    @Bean
    @ConditionalOnRole(NodeRole.CONTROL_PLANE)
    IncomingArchives incomingArchives(
            ArchiveStaging staging, KeptArchives keeper, ArchiveMetrics metrics, ArchiveProperties properties) {
        return new IncomingArchives(staging, keeper, metrics, properties);
    }

    /** Where there is a database. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnRole({NodeRole.ALL, NodeRole.CONTROL_PLANE})
    static class Kept {

        @Bean
        KeptArchives keptArchives(
                JdbcClient jdbc,
                DataDirectoryProperties directories,
                ArchiveProperties properties,
                ArtifactStores stores,
                InstantSource time) {
            ArchiveContents contents = stores.placeOf(properties.store()) == ArtifactPlace.DATABASE
                    ? new DatabaseContents(jdbc)
                    : new FileContents(directories.archives().resolve("kept"));
            return new KeptArchives(new ArchiveRows(jdbc), contents, properties, time);
        }

        @Bean
        ArchiveSweeper archiveSweeper(KeptArchives archives, ArchiveProperties properties, MeterRegistry meters) {
            return new ArchiveSweeper(archives, properties.sweepInterval(), meters);
        }
    }
}

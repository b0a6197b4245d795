package dev.mayfly.artifacts;

import dev.mayfly.roles.ConditionalOnRole;
import dev.mayfly.roles.NodeRole;
import dev.mayfly.sandbox.Engine;
import dev.mayfly.sandbox.RuntimeConstraints;
import dev.mayfly.wasm.validation.ModuleValidator;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.MultipartConfigElement;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Configuration(proxyBeanMethods = false)
class ArtifactsConfiguration {

    private static final long FORM_FIELDS_BYTES = 1024 * 1024;

    @Configuration(proxyBeanMethods = false)
    @Conditional(StoredInDatabase.Not.class)
    static class InFiles {

        @Bean
        FileArtifactStore artifactStore(DataDirectoryProperties directories) throws IOException {
            return new FileArtifactStore(directories.modules());
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Conditional(StoredInDatabase.class)
    static class InDatabase {

        @Bean
        DatabaseArtifactStore artifactStore(
                DataDirectoryProperties directories,
                ModuleStoreProperties properties,
                JdbcClient jdbc,
                PlatformTransactionManager transactions)
                throws IOException {
            ModuleChunks chunks = new ModuleChunks(jdbc);
            FileArtifactStore files = new FileArtifactStore(directories.modules());
            new FormerFiles(files, chunks, new TransactionTemplate(transactions)).store();
            return new DatabaseArtifactStore(
                    chunks, files, properties.storeCache().toBytes());
        }
    }

    @Bean
    ModuleInspector moduleInspector(ModuleLimitProperties limits, MeterRegistry meters) {
        return new MeteredModuleInspector(new ModuleValidator(limits.forDecoding()), meters);
    }

    @Bean
    RuntimeConstraints runtimeConstraints(ModuleLimitProperties limits) {
        return new RuntimeConstraints(limits.forRunning());
    }

    @Bean
    @ConditionalOnRole({NodeRole.ALL, NodeRole.WORKER})
    CachingExecutableModules executableModules(
            ArtifactStore store,
            ModuleInspector inspector,
            Engine engine,
            ModuleProperties properties,
            MeterRegistry meters) {
        ModuleLoader loader = new ModuleLoader(store, inspector, engine, meters);
        return new CachingExecutableModules(loader, properties.cacheWeight().toBytes(), meters);
    }

    /** The parts of a form go to the staging area, never to the heap: a crash leaves nothing that is not swept. */
    @Bean
    MultipartConfigElement multipartConfig(TemporaryFiles store, ModuleProperties properties) {
        long maxBytes = properties.maxSize().toBytes();
        return new MultipartConfigElement(
                store.temporaryDirectory().toString(), maxBytes, maxBytes + FORM_FIELDS_BYTES, 0);
    }
}

package dev.mayfly.artifacts;

import dev.mayfly.roles.ConditionalOnRole;
import dev.mayfly.roles.NodeRole;
import dev.mayfly.sandbox.Engine;
import dev.mayfly.sandbox.RuntimeConstraints;
import dev.mayfly.wasm.validation.ModuleValidator;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.MultipartConfigElement;
import java.io.IOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;

@Configuration(proxyBeanMethods = false)
class ArtifactsConfiguration {

    private static final long FORM_FIELDS_BYTES = 1024 * 1024;
    private static final ArtifactTables MODULES = new ArtifactTables("modules", "module_chunks");

    @Bean
    ArtifactStores artifactStores(
            ModuleStoreProperties properties,
            Environment environment,
            ObjectProvider<JdbcClient> jdbc,
            ObjectProvider<PlatformTransactionManager> transactions) {
        return new ArtifactStores(usualPlace(properties, NodeRole.of(environment)), jdbc, transactions);
    }

    private static ArtifactPlace usualPlace(ModuleStoreProperties properties, NodeRole role) {
        if (properties.store() != null) {
            return properties.store();
        }
        return role == NodeRole.CONTROL_PLANE ? ArtifactPlace.DATABASE : ArtifactPlace.FILES;
    }

    @Bean
    ArtifactStore artifactStore(
            ArtifactStores stores, DataDirectoryProperties directories, ModuleStoreProperties properties)
            throws IOException {
        return stores.open(directories.modules(), null, MODULES, properties.storeCache(), FileCheck.AT_EACH_USE);
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
    MultipartConfigElement multipartConfig(ArtifactStore store, ModuleProperties properties) {
        long maxBytes = properties.maxSize().toBytes();
        return new MultipartConfigElement(
                store.temporaryDirectory().toString(), maxBytes, maxBytes + FORM_FIELDS_BYTES, 0);
    }
}

package dev.mayfly.functions;

import com.github.benmanes.caffeine.cache.Ticker;
import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ModuleProperties;
import java.time.Clock;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.scheduling.annotation.EnableScheduling;

@Configuration(proxyBeanMethods = false)
@EnableScheduling
class FunctionsConfiguration {

    @Bean
    CachedFunctionCatalog functionCatalog(
            Functions functions,
            FunctionVersions versions,
            Transactions transactions,
            FunctionProperties properties,
            @Qualifier("applicationTaskExecutor") AsyncTaskExecutor refreshes) {
        return new CachedFunctionCatalog(
                functions,
                versions,
                transactions,
                properties,
                ThreadLocalRandom::current,
                Ticker.systemTicker(),
                refreshes);
    }

    @Bean
    FunctionRegistry functionRegistry(
            Functions functions,
            FunctionVersions versions,
            StoredModules modules,
            Transactions transactions,
            CatalogInvalidation catalog,
            Disks disks) {
        return new FunctionRegistry(functions, versions, modules, transactions, catalog, disks, Clock.systemUTC());
    }

    @Bean
    ModuleSweeper moduleSweeper(
            ArtifactStore store,
            StoredModules modules,
            FunctionVersions versions,
            Transactions transactions,
            ModuleProperties properties) {
        return new ModuleSweeper(store, modules, versions, transactions, properties, Clock.systemUTC());
    }
}

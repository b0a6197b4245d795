package dev.mayfly.asynchronous.dispatch;

import dev.mayfly.functions.FunctionCatalog;
import dev.mayfly.functions.FunctionConfiguration;
import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.FunctionNotFoundException;
import dev.mayfly.functions.VersionNotFoundException;
import dev.mayfly.functions.VersionSelector;
import java.util.Optional;

/** How functions share the platform, by the configuration of their live version. */
final class FunctionShares {

    private final FunctionCatalog catalog;

    FunctionShares(FunctionCatalog catalog) {
        this.catalog = catalog;
    }

    int weight(String function) {
        return of(function).map(FunctionConfiguration::weight).orElse(FunctionConfiguration.DEFAULT_WEIGHT);
    }

    int concurrency(String function) {
        Optional<FunctionConfiguration> configuration = of(function);
        Integer most = configuration.isPresent() ? configuration.get().maxConcurrency() : null;
        return most == null ? Integer.MAX_VALUE : most;
    }

    private Optional<FunctionConfiguration> of(String function) {
        try {
            return Optional.of(catalog.resolve(new FunctionName(function), VersionSelector.LIVE)
                    .configuration());
        } catch (FunctionNotFoundException | VersionNotFoundException e) {
            return Optional.empty();
        }
    }
}

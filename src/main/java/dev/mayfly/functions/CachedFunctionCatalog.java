package dev.mayfly.functions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.mayfly.wasi.SystemCallPolicy;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A catalog in memory. A function that is invoked all the time is refreshed in the background and never makes anyone
 * wait; one that was not for a while is read anew first, so that nothing is older than twice the refresh interval.
 * Versions never change, so they are kept apart and not read again. The operator's ceiling for system calls holds for
 * versions that were published before it, too.
 */
final class CachedFunctionCatalog implements FunctionCatalog, CatalogInvalidation {

    private final Functions functions;
    private final FunctionVersions versions;
    private final Transactions transactions;
    private final SystemCallPolicy ceiling;
    private final Supplier<RandomGenerator> random;
    private final LoadingCache<FunctionName, Optional<CatalogEntry>> entries;
    private final Cache<VersionId, Optional<ResolvedVersion>> resolved;

    CachedFunctionCatalog(
            Functions functions,
            FunctionVersions versions,
            Transactions transactions,
            FunctionProperties properties,
            Supplier<RandomGenerator> random,
            Ticker ticker,
            Executor refreshes) {
        this.functions = functions;
        this.versions = versions;
        this.transactions = transactions;
        this.ceiling = properties.systemCalls().ceilingPolicy();
        this.random = random;
        Duration refresh = properties.catalogRefresh();
        this.entries = Caffeine.newBuilder()
                .maximumSize(properties.catalogSize())
                .refreshAfterWrite(refresh)
                .expireAfterWrite(refresh.multipliedBy(2))
                .ticker(ticker)
                .executor(refreshes)
                .build(this::read);
        this.resolved = Caffeine.newBuilder()
                .maximumSize(properties.catalogSize())
                .executor(refreshes)
                .build();
    }

    @Override
    public ResolvedVersion resolve(FunctionName function, VersionSelector selector) {
        while (true) {
            CatalogEntry entry = entries.get(function).orElseThrow(() -> new FunctionNotFoundException(function));
            int number = entry.select(selector, random.get())
                    .orElseThrow(() -> new VersionNotFoundException(function, selector));
            Optional<ResolvedVersion> version =
                    resolved.get(new VersionId(entry.functionId(), number), id -> read(function, id));
            if (version.isPresent()) {
                return version.get();
            }
            // The entry is older than the deletion of its function, by another process.
            entries.invalidate(function);
        }
    }

    @Override
    public void invalidate(FunctionName function) {
        entries.invalidate(function);
    }

    private Optional<CatalogEntry> read(FunctionName name) {
        return transactions.read(() -> functions.findByName(name.value()).map(CatalogEntry::of));
    }

    private Optional<ResolvedVersion> read(FunctionName function, VersionId id) {
        return versions.findById(id)
                .map(version -> new ResolvedVersion(
                        function,
                        version.number(),
                        version.digest(),
                        version.configuration().within(ceiling)));
    }
}

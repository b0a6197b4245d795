package dev.mayfly.functions;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.mayfly.wasi.SystemCallPolicy;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * A catalog in memory. A function that is invoked all the time is refreshed in the background and never makes anyone
 * wait; one that was not for a while is read anew first, so that nothing is older than twice the refresh interval while
 * the database answers. While it does not, what is known goes on being used, without anyone waiting for the database:
 * {@link RefreshingCache} says how. Versions never change, so they are kept apart and not read again. The operator's
 * ceiling for system calls holds for versions that were published before it, too.
 */
final class CachedFunctionCatalog implements FunctionCatalog, CatalogInvalidation {

    private final Functions functions;
    private final FunctionVersions versions;
    private final Transactions transactions;
    private final SystemCallPolicy ceiling;
    private final Supplier<RandomGenerator> random;
    private final RefreshingCache<FunctionName, Optional<CatalogEntry>> entries;
    private final Cache<VersionId, Optional<ResolvedVersion>> resolved;

    CachedFunctionCatalog(
            Functions functions,
            FunctionVersions versions,
            Transactions transactions,
            FunctionProperties properties,
            Supplier<RandomGenerator> random,
            Ticker clock,
            Executor refreshes) {
        this.functions = functions;
        this.versions = versions;
        this.transactions = transactions;
        this.ceiling = properties.systemCalls().ceilingPolicy();
        this.random = random;
        this.entries = new RefreshingCache<>(
                this::read,
                properties.catalogRefresh(),
                properties.catalogStale(),
                properties.catalogSize(),
                clock,
                refreshes);
        this.resolved = Caffeine.newBuilder()
                .maximumSize(properties.catalogSize())
                .executor(refreshes)
                .build();
    }

    @Override
    public ResolvedVersion resolve(FunctionName function, VersionSelector selector) {
        Optional<CatalogEntry> entry = entries.get(function);
        while (true) {
            Optional<ResolvedVersion> version = version(function, entry, selector);
            if (version.isPresent()) {
                return version.get();
            }
            // The entry is older than the deletion of its function, by another process.
            entry = entries.reread(function);
        }
    }

    private Optional<ResolvedVersion> version(
            FunctionName function, Optional<CatalogEntry> entry, VersionSelector selector) {
        CatalogEntry known = entry.orElseThrow(() -> new FunctionNotFoundException(function));
        int number = known.select(selector, random.get())
                .orElseThrow(() -> new VersionNotFoundException(function, selector));
        return resolved.get(new VersionId(known.functionId(), number), id -> read(function, id));
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

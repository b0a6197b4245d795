package dev.mayfly.functions;

import dev.mayfly.artifacts.ContentDigest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.Supplier;

/**
 * Changes functions. Each change is one transaction that holds a lock on the function's row from its first look at it,
 * so that changes to one function come one after the other, and what invocations see is brought up to date behind it.
 */
class FunctionRegistry {

    private final Functions functions;
    private final FunctionVersions versions;
    private final StoredModules modules;
    private final Transactions transactions;
    private final CatalogInvalidation catalog;
    private final Disks disks;
    private final Clock clock;

    FunctionRegistry(
            Functions functions,
            FunctionVersions versions,
            StoredModules modules,
            Transactions transactions,
            CatalogInvalidation catalog,
            Disks disks,
            Clock clock) {
        this.functions = functions;
        this.versions = versions;
        this.modules = modules;
        this.transactions = transactions;
        this.catalog = catalog;
        this.disks = disks;
        this.clock = clock;
    }

    /** Stores a module and makes a version of it. The row is not committed before the file is in place. */
    Publication.Result publish(Publication publication) {
        return change(publication.function(), () -> {
            Instant now = now();
            FunctionConfiguration wanted = publication.module().configuration();
            Function function = lockOrCreate(publication.function(), wanted, now);
            if (!publication.ownConfiguration() && !function.configuration().equals(wanted)) {
                return new Publication.ConfigurationChanged(function.configuration());
            }
            function.configure(wanted, now);
            StoredModule module = store(publication, now);
            FunctionVersion version = addVersion(function, publication.module(), now);
            if (publication.activate()) {
                function.point(Function.LIVE, version.number(), now);
            }
            return new Publication.Published(VersionView.of(function.name(), version, module));
        });
    }

    /** Sets the configuration; see {@link Reconfiguration}. */
    Reconfiguration.Result configure(Reconfiguration change) {
        return change(change.function(), () -> {
            Instant now = now();
            Optional<Function> existing = functions.lock(change.function().value());
            change.precondition().verify(existing.map(Function::tag).orElse(null));
            Function function =
                    existing.orElseGet(() -> functions.save(new Function(change.function(), change.wanted(), now)));
            Optional<ContentDigest> toCheck = reconfigure(function, change, now);
            if (toCheck.isPresent()) {
                return new Reconfiguration.CheckNeeded(toCheck.get());
            }
            functions.flush();
            return new Reconfiguration.Done(FunctionView.of(function), existing.isEmpty());
        });
    }

    /** Makes the change, or says which module has to be checked against the configuration before it can be made. */
    private Optional<ContentDigest> reconfigure(Function function, Reconfiguration change, Instant now) {
        BaseVersions candidates = new BaseVersions(function, versions, change.base());
        Optional<Integer> result = Optional.empty();
        if (function.latestVersion() > 0) {
            ContentDigest digest = candidates.digest();
            Optional<FunctionVersion> same = candidates.publishedWith(change.wanted());
            if (same.isEmpty() && !change.covers(digest)) {
                return Optional.of(digest);
            }
            result = Optional.of(
                    same.orElseGet(() -> addVersion(function, change.checked().orElseThrow(), now))
                            .number());
        }
        if (!function.configuration().equals(change.wanted())) {
            function.configure(change.wanted(), now);
        }
        if (change.activate()) {
            result.ifPresent(version -> activate(function, version, now));
        }
        return Optional.empty();
    }

    private static void activate(Function function, int version, Instant now) {
        if (!function.alias(Function.LIVE).keySet().equals(Set.of(version))) {
            function.point(Function.LIVE, version, now);
        }
    }

    /** Splits an alias over versions; makes it if there is none. */
    Tagged<SortedMap<Integer, Integer>> split(
            FunctionName name, String alias, Map<Integer, Integer> weights, int maxAliases, Precondition precondition) {
        return change(name, () -> {
            Function function = lock(name);
            SortedMap<Integer, Integer> before = function.alias(alias);
            precondition.verify(before.isEmpty() ? null : function.tagOf(alias));
            for (int version : weights.keySet()) {
                if (!function.hasVersion(version)) {
                    throw new VersionNotFoundException(name, new VersionSelector.Numbered(version));
                }
            }
            if (before.isEmpty() && function.aliases().size() >= maxAliases) {
                throw new ConflictException("The limit 'mayfly.functions.max-aliases' of " + maxAliases
                        + " aliases of a function is reached.");
            }
            function.split(alias, weights, now());
            return new Tagged<>(function.alias(alias), function.tagOf(alias));
        });
    }

    void removeAlias(FunctionName name, String alias, Precondition precondition) {
        change(name, () -> {
            Function function = lock(name);
            if (function.alias(alias).isEmpty()) {
                throw new VersionNotFoundException(name, new VersionSelector.Alias(alias));
            }
            precondition.verify(function.tagOf(alias));
            if (alias.equals(Function.LIVE)) {
                throw new ConflictException("The alias 'live' cannot be deleted: point it to another version.");
            }
            function.removeAlias(alias, now());
            return function;
        });
    }

    /** Deletes a function with all of its versions. The modules go later, when nothing can be running any more. */
    void delete(FunctionName name, Precondition precondition) {
        change(name, () -> {
            Function function = lock(name);
            precondition.verify(function.tag());
            modules.touchModulesOf(function.id(), now());
            functions.delete(function);
            return function;
        });
    }

    private <T> T change(FunctionName name, Supplier<T> change) {
        try {
            return transactions.change(change);
        } finally {
            catalog.invalidate(name); // even on failure: the outcome of a commit may be unknown
        }
    }

    private Function lock(FunctionName name) {
        return functions.lock(name.value()).orElseThrow(() -> new FunctionNotFoundException(name));
    }

    private Function lockOrCreate(FunctionName name, FunctionConfiguration configuration, Instant now) {
        return functions.lock(name.value()).orElseGet(() -> functions.save(new Function(name, configuration, now)));
    }

    private StoredModule store(Publication publication, Instant now) {
        ContentDigest digest = publication.module().digest();
        StoredModule module = modules.lock(digest.hex())
                .orElseGet(() -> modules.save(
                        new StoredModule(digest, publication.staged().size(), now)));
        module.published(publication.module().described(), now);
        modules.flush(); // whoever else inserts the row waits from here on
        try {
            publication.staged().commit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return module;
    }

    private FunctionVersion addVersion(Function function, CheckedModule module, Instant now) {
        FunctionVersion version = versions.save(new FunctionVersion(function.nextVersion(now), module, now));
        List<DiskReference> needed = module.configuration().disks();
        if (!needed.isEmpty()) {
            modules.flush(); // the rows that name disks refer to the version's
            disks.use(function.id(), version.number(), needed);
        }
        return version;
    }

    /** In the resolution of the databases, so that what was stored equals what is read. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}

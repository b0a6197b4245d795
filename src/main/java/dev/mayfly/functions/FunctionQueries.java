package dev.mayfly.functions;

import dev.mayfly.artifacts.ContentDigest;
import java.util.Optional;
import java.util.SortedMap;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Component;

/** Shows functions as they are stored. */
@Component
class FunctionQueries {

    private final Functions functions;
    private final FunctionVersions versions;
    private final StoredModules modules;
    private final Transactions transactions;

    FunctionQueries(Functions functions, FunctionVersions versions, StoredModules modules, Transactions transactions) {
        this.functions = functions;
        this.versions = versions;
        this.modules = modules;
        this.transactions = transactions;
    }

    boolean exists(FunctionName name) {
        return functions.existsByName(name.value());
    }

    Optional<FunctionConfiguration> configuration(FunctionName name) {
        return transactions.read(() -> functions.findByName(name.value()).map(Function::configuration));
    }

    Tagged<FunctionView> function(FunctionName name) {
        return transactions.read(() -> FunctionView.of(find(name)));
    }

    /** Functions in the order of their names. */
    Page<FunctionView.Summary> list(String after, int limit) {
        return transactions.read(() -> Page.of(
                functions.findByNameGreaterThanOrderByName(after, Limit.of(limit + 1)),
                limit,
                "/v1/functions",
                Function::name,
                FunctionView.Summary::of));
    }

    /** Versions of a function, newest first. */
    Page<VersionView.Summary> versions(FunctionName name, int after, int limit) {
        return transactions.read(() -> Page.of(
                versions.newestFirst(find(name).id(), after, Limit.of(limit + 1)),
                limit,
                "/v1/functions/" + name + "/versions",
                FunctionVersion::number,
                VersionView.Summary::of));
    }

    VersionView version(FunctionName name, int number) {
        return transactions.read(() -> {
            FunctionVersion version = find(name, number);
            StoredModule module =
                    modules.findById(version.digest().hex()).orElseThrow(); // a foreign key says that it is there
            return VersionView.of(name, version, module);
        });
    }

    ContentDigest digest(FunctionName name, int number) {
        return transactions.read(() -> find(name, number).digest());
    }

    Tagged<SortedMap<Integer, Integer>> alias(FunctionName name, String alias) {
        return transactions.read(() -> {
            Function function = find(name);
            SortedMap<Integer, Integer> weights = function.alias(alias);
            if (weights.isEmpty()) {
                throw new VersionNotFoundException(name, new VersionSelector.Alias(alias));
            }
            return new Tagged<>(weights, function.tagOf(alias));
        });
    }

    private Function find(FunctionName name) {
        return functions.findByName(name.value()).orElseThrow(() -> new FunctionNotFoundException(name));
    }

    private FunctionVersion find(FunctionName name, int number) {
        return versions.findById(new VersionId(find(name).id(), number))
                .orElseThrow(() -> new VersionNotFoundException(name, new VersionSelector.Numbered(number)));
    }
}

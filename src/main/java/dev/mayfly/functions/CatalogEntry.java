package dev.mayfly.functions;

import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What invocations need to know of a function, as of one moment.
 *
 * @param functionId distinguishes functions of one name that existed one after the other
 * @param latestVersion the highest number of a version
 * @param aliases what each points to
 */
record CatalogEntry(long functionId, int latestVersion, Map<String, WeightedTargets> aliases) {

    static CatalogEntry of(Function function) {
        return new CatalogEntry(
                function.id(),
                function.latestVersion(),
                function.aliases().entrySet().stream()
                        .collect(Collectors.toUnmodifiableMap(
                                Map.Entry::getKey, alias -> new WeightedTargets(alias.getValue()))));
    }

    /** The number of the version that is meant, if there is one. */
    Optional<Integer> select(VersionSelector selector, RandomGenerator random) {
        return switch (selector) {
            case VersionSelector.Numbered(int number) ->
                number >= 1 && number <= latestVersion ? Optional.of(number) : Optional.empty();
            case VersionSelector.Alias(String name) -> {
                @Nullable WeightedTargets targets = aliases.get(name);
                yield targets == null ? Optional.empty() : Optional.of(targets.draw(random));
            }
        };
    }
}

package dev.mayfly.functions;

import dev.mayfly.artifacts.ContentDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The versions that a new configuration builds on: the one that was named, or those that {@code live} points to, which
 * must have one module.
 */
final class BaseVersions {

    private final Function function;
    private final FunctionVersions versions;
    private final OptionalInt named;

    BaseVersions(Function function, FunctionVersions versions, OptionalInt named) {
        this.function = function;
        this.versions = versions;
        this.named = named;
        if (named.isPresent() && !function.hasVersion(named.getAsInt())) {
            throw new VersionNotFoundException(function.name(), new VersionSelector.Numbered(named.getAsInt()));
        }
    }

    /**
     * The one module of the base.
     *
     * @throws ConflictException if there are several
     */
    ContentDigest digest() {
        Set<ContentDigest> digests =
                base().stream().map(FunctionVersion::digest).collect(Collectors.toSet());
        if (digests.size() != 1) {
            throw new ConflictException(
                    digests.isEmpty()
                            ? "No version is live. Name the version to build on with '?version='."
                            : "Several modules are live. Name the version to build on with '?version='.");
        }
        return digests.iterator().next();
    }

    /** A version that has the base's module and that configuration already: of the base, or the one published last. */
    Optional<FunctionVersion> publishedWith(FunctionConfiguration wanted) {
        ContentDigest digest = digest();
        List<FunctionVersion> candidates = new ArrayList<>(base());
        candidates.addAll(find(Set.of(function.latestVersion())));
        return candidates.stream()
                .filter(version -> version.consistsOf(digest, wanted))
                .findFirst();
    }

    private List<FunctionVersion> base() {
        return find(
                named.isPresent()
                        ? Set.of(named.getAsInt())
                        : function.alias(Function.LIVE).keySet());
    }

    private List<FunctionVersion> find(Set<Integer> numbers) {
        return versions.findAllById(numbers.stream()
                .map(number -> new VersionId(function.id(), number))
                .toList());
    }
}

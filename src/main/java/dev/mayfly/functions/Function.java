package dev.mayfly.functions;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import jakarta.persistence.Version;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A function: the root of its versions, which it numbers, and of its aliases. The configuration is the one that the next
 * version is published with, unless it brings its own.
 */
@Entity
@Table(name = "functions")
class Function {

    static final String LIVE = "live";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private @Nullable Long id;

    private String name;

    @Column(length = 1_000_000)
    @Convert(converter = JsonColumn.OfConfiguration.class)
    private FunctionConfiguration configuration;

    private int latestVersion;

    @Version
    private long revision;

    private Instant createdAt;
    private Instant updatedAt;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "function_aliases", joinColumns = @JoinColumn(name = "function_id"))
    private Set<AliasTarget> aliasTargets = new HashSet<>();

    @SuppressWarnings("NullAway.Init")
    protected Function() {}

    Function(FunctionName name, FunctionConfiguration configuration, Instant now) {
        this.name = name.value();
        this.configuration = configuration;
        this.createdAt = now;
        this.updatedAt = now;
    }

    long id() {
        if (id == null) {
            throw new IllegalStateException("not stored yet");
        }
        return id;
    }

    FunctionName name() {
        return new FunctionName(name);
    }

    FunctionConfiguration configuration() {
        return configuration;
    }

    /** The number of the version published last; 0 if there is none. */
    int latestVersion() {
        return latestVersion;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    /** Identifies this state of the function among all that it was in, and among functions of its name. */
    String tag() {
        return id() + "-" + revision;
    }

    /** Identifies what an alias points to. */
    String tagOf(String alias) {
        return id() + "-" + alias(alias);
    }

    /** Takes a configuration for the versions to come. */
    void configure(FunctionConfiguration wanted, Instant now) {
        configuration = wanted;
        updatedAt = now;
    }

    /** Takes the next version number. */
    VersionId nextVersion(Instant now) {
        latestVersion++;
        updatedAt = now;
        return new VersionId(id(), latestVersion);
    }

    boolean hasVersion(int number) {
        return number >= 1 && number <= latestVersion;
    }

    /** Every alias with the versions it is split over and their weights. */
    SortedMap<String, SortedMap<Integer, Integer>> aliases() {
        SortedMap<String, SortedMap<Integer, Integer>> aliases = new TreeMap<>();
        for (AliasTarget target : aliasTargets) {
            aliases.computeIfAbsent(target.alias(), a -> new TreeMap<>()).put(target.version(), target.weight());
        }
        return aliases;
    }

    /** The versions that an alias is split over and their weights; empty if there is no such alias. */
    SortedMap<Integer, Integer> alias(String alias) {
        return aliases().getOrDefault(alias, new TreeMap<>());
    }

    /** Points an alias at one version. */
    void point(String alias, int version, Instant now) {
        split(alias, Map.of(version, 1), now);
    }

    /** Splits an alias over versions by weight, replacing what it pointed to. */
    void split(String alias, Map<Integer, Integer> weights, Instant now) {
        if (weights.isEmpty() || !weights.keySet().stream().allMatch(this::hasVersion)) {
            throw new IllegalArgumentException("an alias points to versions that exist");
        }
        if (alias(alias).equals(weights)) {
            return;
        }
        aliasTargets.removeIf(target -> target.alias().equals(alias));
        weights.forEach((version, weight) -> aliasTargets.add(new AliasTarget(alias, version, weight)));
        updatedAt = now;
    }

    void removeAlias(String alias, Instant now) {
        aliasTargets.removeIf(target -> target.alias().equals(alias));
        updatedAt = now;
    }
}

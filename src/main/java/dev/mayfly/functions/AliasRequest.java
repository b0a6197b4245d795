package dev.mayfly.functions;

import io.swagger.v3.oas.annotations.media.Schema;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where an alias is to point: to one version, or to several by weight. */
@Schema(name = "AliasTarget", description = "Either 'version' or 'weights'")
record AliasRequest(
        @Schema(description = "The one version", example = "3") @Nullable
        Integer version,

        @Schema(description = "Several versions with their weights, 1 to 1000000", example = "{\"3\": 90, \"4\": 10}")
        @Nullable
        Map<Integer, @Nullable Integer> weights) {

    private static final int MAX_WEIGHT = 1_000_000;

    /**
     * The weight of each version.
     *
     * @throws InvalidConfigurationException if the request breaks rules
     */
    Map<Integer, Integer> targets(int maxTargets) {
        if ((version == null) == (weights == null)) {
            throw invalid("version", "must be given, or else 'weights'");
        }
        if (weights == null) {
            return Map.of(version, 1);
        }
        if (weights.isEmpty() || weights.size() > maxTargets) {
            throw invalid("weights", "must name 1 to " + maxTargets + " versions");
        }
        Map<Integer, Integer> targets = new LinkedHashMap<>();
        weights.forEach((target, weight) -> {
            if (weight == null || weight < 1 || weight > MAX_WEIGHT) {
                throw invalid("weights." + target, "must be from 1 to " + MAX_WEIGHT);
            }
            targets.put(target, weight);
        });
        return targets;
    }

    private static InvalidConfigurationException invalid(String field, String message) {
        return new InvalidConfigurationException(List.of(new InvalidConfigurationException.Violation(field, message)));
    }
}

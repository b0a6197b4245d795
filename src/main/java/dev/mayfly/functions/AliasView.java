package dev.mayfly.functions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** An alias as clients see it. */
@Schema(name = "Alias")
@JsonInclude(JsonInclude.Include.NON_NULL)
record AliasView(
        @Schema(example = "live") String name,

        @Schema(description = "The version it points to; absent if it is split over several", example = "3") @Nullable
        Integer version,

        @Schema(description = "The versions it is split over, by weight", example = "{\"3\": 90, \"4\": 10}")
        SortedMap<Integer, Integer> weights) {

    static AliasView of(String name, SortedMap<Integer, Integer> weights) {
        return new AliasView(name, weights.size() == 1 ? weights.firstKey() : null, weights);
    }
}

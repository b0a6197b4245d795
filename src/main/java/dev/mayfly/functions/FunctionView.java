package dev.mayfly.functions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** A function as clients see it. */
@Schema(name = "Function")
@JsonInclude(JsonInclude.Include.NON_NULL)
record FunctionView(
        @Schema(example = "greeter") String name,

        @Schema(description = "What the next version is published with, unless it brings its own")
        FunctionConfiguration configuration,

        @Schema(description = "The version published last; absent if there is none") @Nullable
        Integer latestVersion,

        @Schema(
                description = "Each alias with the versions it is split over, by weight",
                example = "{\"live\": {\"3\": 90, \"4\": 10}}")
        SortedMap<String, SortedMap<Integer, Integer>> aliases,

        Instant createdAt,
        Instant updatedAt) {

    static Tagged<FunctionView> of(Function function) {
        FunctionView view = new FunctionView(
                function.name().value(),
                function.configuration(),
                function.latestVersion() == 0 ? null : function.latestVersion(),
                function.aliases(),
                function.createdAt(),
                function.updatedAt());
        return new Tagged<>(view, function.tag());
    }

    /** A function in a list. */
    @Schema(name = "FunctionSummary")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Summary(
            @Schema(example = "greeter") String name,
            String description,
            @Nullable Integer latestVersion,

            @Schema(description = "The versions that 'live' is split over, by weight", example = "{\"3\": 1}")
            SortedMap<Integer, Integer> live,

            Instant updatedAt) {

        static Summary of(Function function) {
            return new Summary(
                    function.name().value(),
                    function.configuration().description(),
                    function.latestVersion() == 0 ? null : function.latestVersion(),
                    function.alias(Function.LIVE),
                    function.updatedAt());
        }
    }
}

package dev.mayfly.functions;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A version as clients see it. Never changes. */
@Schema(name = "Version")
@JsonInclude(JsonInclude.Include.NON_NULL)
record VersionView(
        @Schema(example = "greeter") String function,

        @Schema(description = "Counted from 1", example = "3")
        int version,

        @Schema(description = "Identifies the module's bytes", example = "sha256:9f86d081884c7d659a2feaa0c55ad015...")
        String digest,

        @Schema(description = "Of the module, in bytes", example = "14336")
        long size,

        @Schema(
                allowableValues = {"command", "reactor"},
                description = "'command' has a '_start' and ends by itself;"
                        + " of a 'reactor' one exported function is called")
        @Nullable
        String kind,

        @Schema(description = "How many imports there are") int importCount,
        @Schema(description = "The first 500 of them") List<ModuleInterface.ImportLine> imports,
        @Schema(description = "How many exports there are") int exportCount,
        @Schema(description = "The first 500 of them") List<ModuleInterface.ExportLine> exports,
        FunctionConfiguration configuration,
        Timings timings,
        Instant createdAt) {

    /** What publishing took, in milliseconds. */
    @Schema(name = "Timings", description = "What publishing took, in milliseconds")
    record Timings(
            @Schema(example = "1.204") double decodeMs,
            @Schema(example = "2.881") double validateMs,

            @Schema(description = "0 if the machine code was in memory already", example = "18.4")
            double compileMs) {

        static Timings of(CheckedModule.Timings timings) {
            return new Timings(millis(timings.decode()), millis(timings.validate()), millis(timings.compile()));
        }

        private static double millis(Duration duration) {
            long micros = duration.toNanos() / 1000;
            return micros / 1000.0;
        }
    }

    static VersionView of(FunctionName function, FunctionVersion version, StoredModule module) {
        ModuleInterface described = module.moduleInterface();
        return new VersionView(
                function.value(),
                version.number(),
                version.digest().toString(),
                module.sizeBytes(),
                described == null ? null : described.kind().name().toLowerCase(Locale.ROOT),
                described == null ? 0 : described.importCount(),
                described == null ? List.of() : described.imports(),
                described == null ? 0 : described.exportCount(),
                described == null ? List.of() : described.exports(),
                version.configuration(),
                Timings.of(version.timings()),
                version.createdAt());
    }

    /** A version in a list. */
    @Schema(name = "VersionSummary")
    record Summary(
            @Schema(example = "3") int version,
            String digest,
            @Schema(description = "Of the configuration") String description,
            Instant createdAt) {

        static Summary of(FunctionVersion version) {
            return new Summary(
                    version.number(),
                    version.digest().toString(),
                    version.configuration().description(),
                    version.createdAt());
        }
    }
}

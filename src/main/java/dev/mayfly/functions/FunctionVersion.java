package dev.mayfly.functions;

import dev.mayfly.artifacts.ContentDigest;
import jakarta.persistence.Column;
import jakarta.persistence.Convert;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.hibernate.annotations.Immutable;

/** A module with the configuration that it was published with. Never changes. */
@Entity
@Immutable
@Table(name = "function_versions")
class FunctionVersion {

    @EmbeddedId
    private VersionId id;

    private String digest;

    @Column(length = 1_000_000)
    @Convert(converter = JsonColumn.OfConfiguration.class)
    private FunctionConfiguration configuration;

    private long decodeMicros;
    private long validateMicros;
    private long compileMicros;
    private Instant createdAt;

    @SuppressWarnings("NullAway.Init")
    protected FunctionVersion() {}

    FunctionVersion(VersionId id, CheckedModule module, Instant now) {
        this.id = id;
        this.digest = module.digest().hex();
        this.configuration = module.configuration();
        this.decodeMicros = micros(module.timings().decode());
        this.validateMicros = micros(module.timings().validate());
        this.compileMicros = micros(module.timings().compile());
        this.createdAt = now;
    }

    VersionId id() {
        return id;
    }

    int number() {
        return id.number();
    }

    ContentDigest digest() {
        return new ContentDigest(digest);
    }

    FunctionConfiguration configuration() {
        return configuration;
    }

    CheckedModule.Timings timings() {
        return new CheckedModule.Timings(
                Duration.of(decodeMicros, ChronoUnit.MICROS),
                Duration.of(validateMicros, ChronoUnit.MICROS),
                Duration.of(compileMicros, ChronoUnit.MICROS));
    }

    Instant createdAt() {
        return createdAt;
    }

    /** Whether it is that module with that configuration. */
    boolean consistsOf(ContentDigest module, FunctionConfiguration with) {
        return digest().equals(module) && configuration.equals(with);
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1000;
    }
}

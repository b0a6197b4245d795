package dev.mayfly.archives;

import dev.mayfly.artifacts.ArtifactPlace;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.springframework.validation.annotation.Validated;

/**
 * Archives of what instances changed: how they are made, and how they are kept.
 *
 * @param retention how long an archive is kept
 * @param maxSize how large the tar of one may be, before it is compressed
 * @param maxTime how long making one may take; the slot is taken meanwhile
 * @param maxTotal how much all that are kept may take, compressed; a further one is not kept
 * @param maxPerFunction how much those of one function may take of that; half of it by default
 * @param store where they are kept; where modules usually are by default
 * @param sweepInterval how often those are deleted whose time is over
 */
@Validated
@ConfigurationProperties("mayfly.artifacts")
public record ArchiveProperties(
        @DefaultValue("1h") Duration retention,
        @DefaultValue("256MB") DataSize maxSize,
        @DefaultValue("10s") Duration maxTime,
        @DefaultValue("4GB") DataSize maxTotal,
        @Nullable DataSize maxPerFunction,
        @Nullable ArtifactPlace store,
        @DefaultValue("1m") Duration sweepInterval) {

    long functionBytes() {
        return maxPerFunction == null ? maxTotal.toBytes() / 2 : maxPerFunction.toBytes();
    }
}

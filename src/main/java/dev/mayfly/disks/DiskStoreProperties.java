package dev.mayfly.disks;

import dev.mayfly.artifacts.ArtifactPlace;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where disks are kept.
 *
 * @param store the place. Default: that of modules
 * @param storeCache how much disk space files may take that are also in the database; the one used last stays in any case
 */
@ConfigurationProperties("mayfly.disks")
record DiskStoreProperties(
        @Nullable ArtifactPlace store, @DefaultValue("20GB") DataSize storeCache) {}

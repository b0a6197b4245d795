package dev.mayfly.artifacts;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where modules are kept, and with them whatever has no such property of its own.
 *
 * @param store the place. Default: the database for a control plane, files for others
 * @param storeCache how much disk files may take that are also in the database
 */
@ConfigurationProperties("mayfly.modules")
record ModuleStoreProperties(
        @Nullable ArtifactPlace store, @DefaultValue("4GB") DataSize storeCache) {}

package dev.mayfly.artifacts;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * Where modules are kept.
 *
 * @param store the place. Default: the database for a control plane, files for others
 * @param storeCache how much disk files may take that are also in the database
 */
@ConfigurationProperties("mayfly.modules")
record ModuleStoreProperties(
        @Nullable Place store, @DefaultValue("4GB") DataSize storeCache) {

    /** A place for modules. */
    enum Place {
        /** Below the data directory. */
        FILES,
        /** In the database, so that processes with directories of their own have the same. */
        DATABASE
    }
}

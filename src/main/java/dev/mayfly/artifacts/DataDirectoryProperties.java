package dev.mayfly.artifacts;

import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Where Mayfly keeps what must outlive it.
 *
 * @param dataDir holds uploaded modules and, where no other is configured, the database
 */
@ConfigurationProperties("mayfly")
public record DataDirectoryProperties(
        @DefaultValue("./data") Path dataDir) {

    public DataDirectoryProperties {
        dataDir = dataDir.toAbsolutePath().normalize();
    }

    /** Where modules are stored. */
    public Path modules() {
        return dataDir.resolve("modules");
    }

    /** Where modules are kept as the engine compiled them. */
    public Path images() {
        return dataDir.resolve("images");
    }

    /** Where disks are kept in the form that they are mapped in. */
    public Path disks() {
        return dataDir.resolve("disks");
    }

    /** Where archives of what instances changed are kept, and made. */
    public Path archives() {
        return dataDir.resolve("archives");
    }

    /** Where the embedded database lives. */
    public Path database() {
        return dataDir.resolve("database");
    }
}

package dev.mayfly.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.testing.Database;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A rolling upgrade has processes of two versions on one database. Each must start on the schema as the other left it, which
 * Flyway refuses if a new migration has a smaller number than one that was released: the new version finds one that it
 * missed, and the old one finds one that it never heard of in the middle of its own.
 */
class SchemaUpgradeIT {

    /** The migrations of the version before. */
    private static final List<String> RELEASED = List.of("V1__functions.sql", "V100__invocations.sql");

    private static final Path ALL = Path.of("src/main/resources/db/migration");

    private final Path released;

    SchemaUpgradeIT(@TempDir Path released) throws IOException {
        this.released = released;
        for (String migration : RELEASED) {
            Files.copy(ALL.resolve(migration), released.resolve(migration));
        }
    }

    @ParameterizedTest
    @EnumSource
    void takesTheDatabaseOfTheVersionBefore(Database database) {
        Map<String, String> properties = database.properties();
        before(properties).migrate();
        flyway(properties, ALL).migrate();
        assertThat(flyway(properties, ALL).info().pending()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void letsTheVersionBeforeStartOnItsDatabase(Database database) {
        Map<String, String> properties = database.properties();
        flyway(properties, ALL).migrate();
        before(properties).migrate();
        assertThat(before(properties).info().applied())
                .extracting(MigrationInfo::getScript)
                .containsAll(RELEASED);
    }

    private Flyway before(Map<String, String> properties) {
        return flyway(properties, released);
    }

    private Flyway flyway(Map<String, String> properties, Path migrations) {
        FluentConfiguration configuration = Flyway.configure().locations("filesystem:" + migrations);
        String url = properties.get("spring.datasource.url");
        return url == null
                ? configuration
                        .dataSource("jdbc:h2:" + released.resolve("database"), "sa", "")
                        .load()
                : configuration
                        .dataSource(
                                url,
                                properties.get("spring.datasource.username"),
                                properties.get("spring.datasource.password"))
                        .load();
    }
}

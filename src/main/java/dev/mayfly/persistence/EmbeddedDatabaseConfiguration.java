package dev.mayfly.persistence;

import dev.mayfly.artifacts.DataDirectoryProperties;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** H2 in a file below the data directory, where no {@code spring.datasource.url} says otherwise. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(name = "spring.datasource.url", matchIfMissing = true, havingValue = "embedded")
class EmbeddedDatabaseConfiguration {

    @Bean
    JdbcConnectionDetails embeddedDatabase(DataDirectoryProperties directories) {
        // WRITE_DELAY=0: a commit is with the operating system when it returns, so that no version that a client was
        // told of is lost when this process is killed. DB_CLOSE_ON_EXIT=FALSE: the pool closes it, in its turn.
        String url = "jdbc:h2:file:" + directories.database().resolve("mayfly")
                + ";WRITE_DELAY=0;DB_CLOSE_ON_EXIT=FALSE;LOCK_TIMEOUT=10000";
        return new H2File(url);
    }

    private record H2File(String jdbcUrl) implements JdbcConnectionDetails {

        @Override
        public String getJdbcUrl() {
            return jdbcUrl;
        }

        @Override
        public String getUsername() {
            return "mayfly";
        }

        @Override
        public String getPassword() {
            return "";
        }
    }
}

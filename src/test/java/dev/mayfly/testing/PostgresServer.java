package dev.mayfly.testing;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.postgresql.PostgreSQLContainer;

/**
 * One PostgreSQL for all tests of this JVM: in a container where there is a Docker engine that has or gets the image,
 * otherwise from embedded binaries.
 */
final class PostgresServer {

    private static final String IMAGE = "postgres:18-alpine";

    private static final class Holder {
        static final PostgresServer INSTANCE = start();
    }

    private final String url;
    private final String user;
    private final String password;
    private final AtomicInteger databases = new AtomicInteger();

    private PostgresServer(String url, String user, String password) {
        this.url = url;
        this.user = user;
        this.password = password;
    }

    static PostgresServer instance() {
        return Holder.INSTANCE;
    }

    Map<String, String> createDatabase() {
        String name = "mayfly_" + databases.incrementAndGet();
        try (Connection connection = DriverManager.getConnection(url + "postgres", user, password);
                Statement statement = connection.createStatement()) {
            statement.execute("create database " + name);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return Map.of(
                "spring.profiles.active",
                "postgres",
                "spring.datasource.url",
                url + name,
                "spring.datasource.username",
                user,
                "spring.datasource.password",
                password);
    }

    private static PostgresServer start() {
        return DockerClientFactory.instance().isDockerAvailable() ? startContainer() : startEmbedded();
    }

    /** Stopped with the JVM: by Testcontainers' reaper, or the binaries' shutdown hook. */
    @SuppressWarnings("resource")
    private static PostgresServer startContainer() {
        PostgreSQLContainer container = new PostgreSQLContainer(IMAGE);
        try {
            container.start();
        } catch (RuntimeException imageNotToBeHad) {
            return startEmbedded();
        }
        String url = "jdbc:postgresql://" + container.getHost() + ":" + container.getFirstMappedPort() + "/";
        return new PostgresServer(url, container.getUsername(), container.getPassword());
    }

    @SuppressWarnings("resource")
    private static PostgresServer startEmbedded() {
        try {
            EmbeddedPostgres postgres = EmbeddedPostgres.start();
            return new PostgresServer(
                    "jdbc:postgresql://localhost:" + postgres.getPort() + "/", "postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

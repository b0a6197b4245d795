package dev.mayfly.testing;

import dev.mayfly.MayflyApplication;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;

/** An application that listens on a free port, with a data directory and a database of its own; can be restarted. */
public final class Mayfly implements AutoCloseable {

    private final Map<String, String> properties = new HashMap<>();
    private final List<Class<?>> configurations = new ArrayList<>(List.of(MayflyApplication.class));
    private ConfigurableApplicationContext context;

    private Mayfly(Path dataDir, Map<String, String> database, Map<String, String> more, Class<?>... configurations) {
        properties.put("mayfly.data-dir", dataDir.toString());
        properties.put("server.port", "0");
        properties.put("spring.main.banner-mode", "off");
        properties.putAll(database);
        properties.putAll(more);
        this.configurations.addAll(List.of(configurations));
        this.context = run();
    }

    /**
     * Starts an application with a new database.
     *
     * @param more properties beside those for directory, port and database
     * @param configurations with beans that go before the application's
     */
    public static Mayfly start(Path dataDir, Database database, Map<String, String> more, Class<?>... configurations) {
        return startOn(dataDir, database.properties(), more, configurations);
    }

    /**
     * Starts an application with a database that others use too, or did before.
     *
     * @param database from {@link Database#properties}
     * @param more properties beside those for directory, port and database
     * @param configurations with beans that go before the application's
     */
    public static Mayfly startOn(
            Path dataDir, Map<String, String> database, Map<String, String> more, Class<?>... configurations) {
        return new Mayfly(dataDir, database, more, configurations);
    }

    /**
     * Starts a worker.
     *
     * @param secret of its cluster
     * @param more properties beside those for directory and port
     * @param configurations with beans that go before the application's
     */
    public static Mayfly worker(Path dataDir, String secret, Map<String, String> more, Class<?>... configurations) {
        Map<String, String> properties = new HashMap<>(more);
        properties.put("mayfly.role", "worker");
        properties.put("mayfly.cluster.secret", secret);
        return new Mayfly(dataDir, Map.of(), properties, configurations);
    }

    /** The bean of a type. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** The bean of a name. */
    public <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    /** Where a path of the API is found. */
    public URI uri(String path) {
        return URI.create(
                "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.server.port") + path);
    }

    /** Ends the application and starts one on the same data. */
    public void restart() {
        context.close();
        context = run();
    }

    /** Like {@link #restart}, on the port that it has. */
    public void restartAtSameAddress() {
        properties.put("server.port", context.getEnvironment().getRequiredProperty("local.server.port"));
        restart();
    }

    private ConfigurableApplicationContext run() {
        return new SpringApplicationBuilder(configurations.toArray(Class[]::new))
                .initializers(starting -> starting.getBeanFactory().registerSingleton("noTests", new NoTests()))
                .properties(Map.of("logging.level.root", "warn"))
                .run(properties.entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
    }

    /** Keeps out of the application what its scan finds among the tests. */
    private static final class NoTests extends TypeExcludeFilter {

        @Override
        public boolean match(MetadataReader type, MetadataReaderFactory factory) throws IOException {
            return type.getResource().getURI().toString().contains("/test-classes/");
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof NoTests;
        }

        @Override
        public int hashCode() {
            return NoTests.class.hashCode();
        }
    }

    @Override
    public void close() {
        context.close();
    }
}

package dev.mayfly.testing;

import dev.mayfly.MayflyApplication;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** An application that listens on a free port, with a data directory and a database of its own; can be restarted. */
public final class Mayfly implements AutoCloseable {

    private final Map<String, String> properties = new HashMap<>();
    private final List<Class<?>> configurations = new ArrayList<>(List.of(MayflyApplication.class));
    private ConfigurableApplicationContext context;

    private Mayfly(Path dataDir, Database database, Map<String, String> more, Class<?>... configurations) {
        properties.put("mayfly.data-dir", dataDir.toString());
        properties.put("server.port", "0");
        properties.put("spring.main.banner-mode", "off");
        properties.putAll(database.properties());
        properties.putAll(more);
        this.configurations.addAll(List.of(configurations));
        this.context = run();
    }

    /**
     * Starts an application.
     *
     * @param more properties beside those for directory, port and database
     * @param configurations with beans that go before the application's
     */
    public static Mayfly start(Path dataDir, Database database, Map<String, String> more, Class<?>... configurations) {
        return new Mayfly(dataDir, database, more, configurations);
    }

    /** The bean of a type. */
    public <T> T bean(Class<T> type) {
        return context.getBean(type);
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

    private ConfigurableApplicationContext run() {
        return new SpringApplicationBuilder(configurations.toArray(Class[]::new))
                .properties(Map.of("logging.level.root", "warn"))
                .run(properties.entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
    }

    @Override
    public void close() {
        context.close();
    }
}

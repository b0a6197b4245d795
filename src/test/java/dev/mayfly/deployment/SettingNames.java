package dev.mayfly.deployment;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The settings that Mayfly and Spring Boot know, from the metadata that their builds leave in the jars. */
final class SettingNames {

    /** The second is merged into the first, but by full builds only. */
    private static final List<String> METADATA = List.of(
            "META-INF/spring-configuration-metadata.json", "META-INF/additional-spring-configuration-metadata.json");

    private final Set<String> names = new HashSet<>();
    private final Set<String> maps = new HashSet<>();

    private SettingNames() {}

    static SettingNames load() throws IOException {
        SettingNames settings = new SettingNames();
        for (String name : METADATA) {
            for (URL file : Collections.list(SettingNames.class.getClassLoader().getResources(name))) {
                try (InputStream metadata = file.openStream()) {
                    JsonMapper.shared().readTree(metadata).path("properties").forEach(settings::add);
                }
            }
        }
        return settings;
    }

    private void add(JsonNode property) {
        String name = property.path("name").asString();
        names.add(name);
        if (property.path("type").asString().startsWith("java.util.Map<")) {
            maps.add(name + ".");
        }
    }

    /** Whether there is a setting of that name, as in {@code mayfly.data-dir}. */
    boolean knows(String name) {
        return names.contains(name) || maps.stream().anyMatch(name::startsWith);
    }

    /** Whether a variable sets something: without hyphens, and for elements of lists, with their list. */
    boolean knowsVariable(String variable) {
        String list = variable.replaceFirst("_\\d+_[A-Z]+$", "");
        return names.stream().map(SettingNames::variable).anyMatch(list::equals);
    }

    private static String variable(String name) {
        return name.replace("-", "").replace('.', '_').toUpperCase(Locale.ROOT);
    }

    /** The names of all settings in a tree; a list is one. */
    static Stream<String> in(JsonNode tree) {
        return in("", tree);
    }

    private static Stream<String> in(String path, JsonNode tree) {
        return tree.isObject() && !tree.isEmpty()
                ? tree.propertyStream()
                        .flatMap(e -> in(path.isEmpty() ? e.getKey() : path + "." + e.getKey(), e.getValue()))
                : Stream.of(path);
    }
}

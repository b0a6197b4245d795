package dev.mayfly.drill;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How a process that runs Mayfly is started.
 *
 * @param program what follows the options of the JVM
 * @param options of the JVM
 */
record Launcher(List<String> program, List<String> options) {

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** Starts the jar, as in production. */
    static Launcher jar(Path jar, List<String> options) {
        return new Launcher(List.of("-jar", jar.toAbsolutePath().toString()), options);
    }

    /** Starts the classes of this build, with all libraries of this JVM but without the tests. */
    static Launcher classes(List<String> options) {
        String path = Stream.of(System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator), -1))
                .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("test-classes" + File.separator))
                .collect(Collectors.joining(File.pathSeparator));
        return new Launcher(List.of("-cp", path, "dev.mayfly.MayflyApplication"), options);
    }

    /** The whole command. */
    List<String> command(Map<String, String> properties) {
        List<String> command = new ArrayList<>(List.of(JAVA, "--enable-native-access=ALL-UNNAMED"));
        command.addAll(options);
        command.addAll(program);
        properties.forEach((name, value) -> command.add("--" + name + "=" + value));
        return List.copyOf(command);
    }
}

package dev.mayfly.wasm.spec;

import com.dylibso.chicory.wabt.Wast2Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An official test script ({@code .wast}). Converting it to binaries takes up to a second, so that the result is kept in
 * the build directory.
 */
public record SpecScript(String name, Path source) {

    private static final Path SCRIPTS = Path.of("src/test/resources/wasm-spec/2.0");
    private static final Path CONVERTED = Path.of("target/wasm-spec/2.0");

    /** All scripts in the folder, by name. */
    public static List<SpecScript> all() throws IOException {
        try (Stream<Path> files = Files.walk(SCRIPTS)) {
            return files.filter(file -> file.toString().endsWith(".wast"))
                    .sorted()
                    .map(file -> new SpecScript(SCRIPTS.relativize(file).toString(), file))
                    .toList();
        }
    }

    /** The commands that have a module, in order. */
    public List<SpecCommand> commands() throws IOException {
        Path json = convert();
        JsonNode commands = JsonMapper.shared().readTree(Files.readString(json)).path("commands");
        return commands.valueStream()
                .filter(command -> command.has("filename"))
                .map(command -> command(command, json))
                .toList();
    }

    /** Converts the script and returns its commands in JSON; the modules are beside. */
    public Path convert() throws IOException {
        Path folder = CONVERTED.resolve(name.replace(".wast", ""));
        Path json = folder.resolve("commands.json");
        if (isStale(json)) {
            Files.createDirectories(folder);
            Wast2Json.builder()
                    .withFile(source.toFile())
                    .withOutput(json.toFile())
                    .build()
                    .process();
        }
        return json;
    }

    private boolean isStale(Path json) throws IOException {
        return !Files.exists(json) || Files.getLastModifiedTime(json).compareTo(Files.getLastModifiedTime(source)) < 0;
    }

    private static SpecCommand command(JsonNode command, Path json) {
        return new SpecCommand(
                command.path("type").asString(),
                command.path("line").asInt(),
                json.resolveSibling(command.path("filename").asString()),
                command.has("text") ? command.path("text").asString() : null,
                command.path("module_type").asString("").equals("text"));
    }

    @Override
    public String toString() {
        return name;
    }
}

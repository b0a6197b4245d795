package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.sandbox.EngineException;
import io.github.kawamuray.wasmtime.Config;
import io.github.kawamuray.wasmtime.NativeLibraryLoader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The binding's native part, which it copies from its jar to a temporary file of 18 MB and never deletes. */
final class NativeLibrary {

    private static final Path MAPPINGS = Path.of("/proc/self/maps");
    private static final String COPY = "/libwasmtime_jni_";

    private NativeLibrary() {}

    static void load() throws EngineException {
        try {
            NativeLibraryLoader.init();
            new Config().close();
        } catch (RuntimeException | LinkageError e) {
            String platform = System.getProperty("os.name") + ' ' + System.getProperty("os.arch");
            throw new EngineException(
                    "Wasmtime cannot be loaded on " + platform
                            + "; it runs on Linux and macOS (x86-64, arm64) and Windows (x86-64)",
                    e);
        }
        deleteCopy();
    }

    /** Linux keeps a file that is mapped until it is unmapped. Elsewhere the copy stays behind. */
    private static void deleteCopy() {
        try {
            if (Files.isReadable(MAPPINGS)) {
                for (String path : mappedCopies(Files.readAllLines(MAPPINGS))) {
                    Files.deleteIfExists(Path.of(path));
                }
            }
        } catch (IOException e) {
            // A file too many in the temporary directory is no reason not to run.
        }
    }

    /** Only temporary files: one that was installed on the library path has no version in its name. */
    private static List<String> mappedCopies(List<String> mappings) {
        return mappings.stream()
                .filter(line -> line.contains(COPY) && line.endsWith(".so"))
                .map(line -> line.substring(line.indexOf('/')))
                .distinct()
                .toList();
    }
}

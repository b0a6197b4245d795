package dev.mayfly.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;

/**
 * The compilers and clients that make test programs. What is missing is installed where that disturbs nobody
 * ({@link Debian#install}); elsewhere the test is skipped and says what to install.
 */
final class Toolchain {

    private static final String C_PACKAGES = "clang lld wasi-libc libclang-rt-dev-wasm32";
    private static final Path DEBIAN_GO = Path.of("/usr/lib/go-1.23/bin/go");
    private static final Pattern GO_VERSION = Pattern.compile("go1\\.(\\d+)");
    private static final int FIRST_GO_WITH_WASI = 21;

    private Toolchain() {}

    /** A C compiler that knows WASI. */
    static synchronized Path clang() throws IOException {
        if (!compilesToWasi()) {
            Debian.install(C_PACKAGES.split(" ", -1));
        }
        Assumptions.assumeTrue(compilesToWasi(), missing("a clang that compiles to WASI", C_PACKAGES));
        return Commands.find("clang").orElseThrow();
    }

    /** A Go compiler that knows WASI. */
    static synchronized Path go() throws IOException {
        if (installedGo().isEmpty()) {
            Debian.enableBackports();
            Debian.install("golang-1.23-go");
        }
        Optional<Path> go = installedGo();
        Assumptions.assumeTrue(go.isPresent(), missing("Go 1.21 or newer", "golang-1.23-go, in bookworm-backports"));
        return go.orElseThrow();
    }

    static synchronized Path npm() throws IOException {
        if (Commands.find("npm").isEmpty()) {
            Debian.install("npm");
        }
        Optional<Path> npm = Commands.find("npm");
        Assumptions.assumeTrue(npm.isPresent(), missing("npm", "npm"));
        return npm.orElseThrow();
    }

    private static boolean compilesToWasi() throws IOException {
        if (Commands.find("clang").isEmpty()) {
            return false;
        }
        Path directory = Files.createTempDirectory("mayfly-clang");
        Files.writeString(directory.resolve("probe.c"), "int main(void) { return 0; }");
        try {
            Commands.run(directory, "clang", "--target=wasm32-wasi", "-o", "probe.wasm", "probe.c");
            return true;
        } catch (Commands.CommandFailedException e) {
            return false;
        }
    }

    private static Optional<Path> installedGo() throws IOException {
        Optional<Path> go = Commands.find("go");
        if (go.isPresent() && goVersion(go.orElseThrow()) >= FIRST_GO_WITH_WASI) {
            return go;
        }
        return Optional.of(DEBIAN_GO).filter(Files::isExecutable);
    }

    private static int goVersion(Path go) throws IOException {
        Matcher version = GO_VERSION.matcher(Commands.run(Path.of("."), go.toString(), "version"));
        return version.find() ? Integer.parseInt(version.group(1)) : 0;
    }

    private static String missing(String what, String packages) {
        return what + " is not installed (on Debian: apt-get install " + packages + ")";
    }
}

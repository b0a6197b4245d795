package dev.mayfly.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * The compilers and clients that make test programs. What is missing is installed where that disturbs nobody
 * ({@link Debian#install}); elsewhere the test is skipped and says what to install.
 */
final class Toolchain {

    private static final String C_PACKAGES = "clang lld wasi-libc libclang-rt-dev-wasm32";
    private static final String CPP_PACKAGES = C_PACKAGES + " libc++-dev-wasm32";
    private static final String RUST_PACKAGES = "rustc libstd-rust-dev-wasm32";
    private static final Path DEBIAN_RUSTC = Path.of("/usr/bin/rustc");
    private static final Path RUST_FOR_WASI = Path.of("/usr/lib/rustlib/wasm32-wasi");
    private static final Path JDKS = Path.of("/usr/lib/jvm");
    private static final Path DEBIAN_GO = Path.of("/usr/lib/go-1.23/bin/go");
    private static final Pattern GO_VERSION = Pattern.compile("go1\\.(\\d+)");
    private static final int FIRST_GO_WITH_WASI = 21;

    private Toolchain() {}

    /** A C compiler that knows WASI. */
    static synchronized Path clang() throws IOException {
        return clang("clang", "int main(void) { return 0; }", C_PACKAGES);
    }

    /** A C++ compiler that knows WASI, with its standard library. */
    static synchronized Path clangPlusPlus() throws IOException {
        return clang("clang++", "#include <map>\nint main() { return std::map<int, int>().size(); }", CPP_PACKAGES);
    }

    private static Path clang(String name, String probe, String packages) throws IOException {
        if (!compilesToWasi(name, probe)) {
            Debian.install(packages.split(" ", -1));
        }
        Assumptions.assumeTrue(compilesToWasi(name, probe), missing("a " + name + " that compiles to WASI", packages));
        return Commands.find(name).orElseThrow();
    }

    /** Debian's Rust compiler, with the standard library for WASI. */
    static synchronized Path rustc() throws IOException {
        if (!Files.isExecutable(DEBIAN_RUSTC) || !Files.isDirectory(RUST_FOR_WASI)) {
            Debian.install(RUST_PACKAGES.split(" ", -1));
        }
        boolean there = Files.isExecutable(DEBIAN_RUSTC) && Files.isDirectory(RUST_FOR_WASI);
        Assumptions.assumeTrue(there, missing("a Rust compiler that knows WASI", RUST_PACKAGES));
        return DEBIAN_RUSTC;
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

    /** Any Python of this machine that has its package installer. */
    static synchronized Path python() throws IOException {
        if (!hasPip()) {
            Debian.install("python3-pip");
        }
        Assumptions.assumeTrue(hasPip(), missing("Python's package installer", "python3-pip"));
        return Commands.find("python3").orElseThrow();
    }

    private static boolean hasPip() throws IOException {
        try {
            Commands.run(Path.of("."), "python3", "-m", "pip", "--version");
            return true;
        } catch (Commands.CommandFailedException e) {
            return false;
        }
    }

    private static boolean compilesToWasi(String compiler, String probe) throws IOException {
        if (Commands.find(compiler).isEmpty()) {
            return false;
        }
        Path directory = Files.createTempDirectory("mayfly-clang");
        String source = compiler.equals("clang") ? "probe.c" : "probe.cc";
        Files.writeString(directory.resolve(source), probe);
        try {
            Commands.run(directory, compiler, "--target=wasm32-wasi", "-fno-exceptions", "-o", "probe.wasm", source);
            return true;
        } catch (Commands.CommandFailedException e) {
            return false;
        }
    }

    /** Any Maven of this machine; the build itself may run by one that it fetched. */
    static synchronized Path maven() throws IOException {
        if (Commands.find("mvn").isEmpty()) {
            Debian.install("maven");
        }
        Optional<Path> maven = Commands.find("mvn");
        Assumptions.assumeTrue(maven.isPresent(), missing("Maven", "maven"));
        return maven.orElseThrow();
    }

    /** The home of a JDK that is old enough for TeaVM, which reads the JDK's own classes. */
    static synchronized Path jdk17() throws IOException {
        if (installedJdk17().isEmpty()) {
            Debian.install("openjdk-17-jdk-headless");
        }
        Optional<Path> jdk = installedJdk17();
        Assumptions.assumeTrue(jdk.isPresent(), missing("a JDK 17 in " + JDKS, "openjdk-17-jdk-headless"));
        return jdk.orElseThrow();
    }

    private static Optional<Path> installedJdk17() throws IOException {
        if (!Files.isDirectory(JDKS)) {
            return Optional.empty();
        }
        try (Stream<Path> homes = Files.list(JDKS)) {
            return homes.filter(home -> String.valueOf(home.getFileName()).contains("-17-"))
                    .filter(home -> Files.isExecutable(home.resolve("bin/javac")))
                    .findFirst();
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

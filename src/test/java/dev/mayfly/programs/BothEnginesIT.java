package dev.mayfly.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.sandbox.EngineException;
import dev.mayfly.sandbox.EngineFixture;
import dev.mayfly.sandbox.EntryPoint;
import dev.mayfly.sandbox.ExecutableModule;
import dev.mayfly.sandbox.InstanceLimits;
import dev.mayfly.sandbox.InstanceSpec;
import dev.mayfly.sandbox.Interruption;
import dev.mayfly.sandbox.Outcome;
import dev.mayfly.sandbox.TestedEngine;
import dev.mayfly.testsupport.BytesInput;
import dev.mayfly.testsupport.CapturedOutput;
import dev.mayfly.testsupport.Programs;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Programs from several compilers give, to the byte, the same on either engine, and what is known of it beforehand. */
@SuppressWarnings("NullAway.Init")
class BothEnginesIT {

    private static final InstanceLimits LIMITS = new InstanceLimits(4096, 100_000, 1 << 20);
    private static final Map<String, String> ENVIRONMENT = Map.of("PLACE", "here", "PYTHONHASHSEED", "0");
    private static final Path SCRIPTS = Path.of("src/test/programs/scripts");
    private static final String TEXT = text();

    private static EngineFixture microVm;
    private static EngineFixture wasmtime;

    @BeforeAll
    static void start() throws EngineException {
        microVm = new EngineFixture(TestedEngine.MICROVM.open());
        wasmtime = new EngineFixture(TestedEngine.WASMTIME.open());
    }

    @AfterAll
    static void stop() {
        if (wasmtime != null) {
            wasmtime.close();
        }
        if (microVm != null) {
            microVm.close();
        }
    }

    @Test
    void aProgramInC() throws IOException {
        Result[] results = run(Programs.sample("hello"), new Call("Grüße\nAda\n"), new Call("", "Ada", "Grace"));

        assertThat(results[1]).isEqualTo(new Result("Exited[code=0]", "Hello, Ada and Grace!\n", ""));
    }

    @Test
    void aProgramInCPlusPlus() throws IOException {
        Result result = run(Programs.cPlusPlus(), new Call(TEXT, "one", "two"))[0];

        assertThat(result.ending()).isEqualTo("Exited[code=7]");
        assertThat(result.stdout())
                .startsWith("one\ntwo\n")
                .contains(countOf("the") + " the\n", "0x1.999999999999ap-4");
        assertThat(result.stderr()).isEqualTo("done\n");
    }

    @Test
    void aProgramInRust() throws IOException {
        Result result = run(Programs.sample("wordcount"), new Call(TEXT), new Call(""))[0];

        assertThat(result.stdout()).contains(TEXT.lines().count() + " lines", TEXT.length() + " bytes", "  the\n");
    }

    @Test
    void aProgramInGo() throws IOException {
        Result result = run(Programs.goLibrary(), new Call(TEXT, "a", "b"))[0];

        assertThat(result.ending()).isEqualTo("Exited[code=2]");
        assertThat(result.stdout())
                .contains(digest("MD5") + " " + digest("SHA-1") + " " + digest("SHA-256") + " " + digest("SHA-512"))
                .contains(power(3, 5000)
                        .mod(power(2, 127).subtract(BigInteger.ONE))
                        .toString())
                .contains("context deadline exceeded\n");
        assertThat(result.stderr()).startsWith("to stderr\npanic: assignment to entry in nil map\n");
    }

    @Test
    void aProgramInAssemblyScript() throws IOException {
        Result result = run(Programs.assemblyScript(), new Call("12 bird 0.5 a bird", "x"))[0];

        assertThat(result.stdout()).startsWith("a,12,0.5,bird,bird\n12.5 4\n");
    }

    @Test
    void aProgramInJava() throws IOException {
        Result result = run(Programs.teaVm(), new Call("", "the cat, the dog", "and the bird"))[0];

        BigInteger factorial = IntStream.rangeClosed(1, 200)
                .mapToObj(BigInteger::valueOf)
                .reduce(BigInteger.ONE, BigInteger::multiply);
        assertThat(result.ending()).isEqualTo("Exited[code=0]");
        assertThat(result.stdout())
                .startsWith("and 1\nbird 1\ncat 1\ndog 1\nthe 3\n" + factorial + " ")
                .contains("Grüße|from a file|null\n");
    }

    @Test
    void lua() throws IOException {
        Result result = run(Programs.lua(), new Call(script("library.lua"), "-", "x", "y"))[0];

        assertThat(result.stdout())
                .startsWith("# arguments\n2\tx\ty\n")
                .contains("closed\tnil\n", "nil\t20000\ttrue\n");
    }

    @Test
    void sqlite() throws IOException {
        Result result = run(Programs.sqlite(), new Call(script("queries.sql")), new Call("select * from none;"))[0];

        assertThat(result.stdout()).contains("1779979416004714189\n", "\nok\n");
        assertThat(result.stderr()).isEqualTo("CHECK constraint failed: grams > 0\n");
    }

    @Test
    void wat2wasm() throws IOException {
        String module = "(module (func (export \"f\") (param i32) (result i32) (i32.add (local.get 0) (i32.const 1))))";
        Result[] results = run(
                Programs.wat2wasm(),
                new Call(module, "-", "--output=-"),
                new Call(module, "-", "--dump-module", "-v"),
                new Call("(module (func (result i32) (f32.const 1)) (func $a) (func $a))", "-", "--output=-"));

        assertThat(results[0].stdout()).startsWith("\0asm\1\0\0\0");
        assertThat(results[2].ending()).isEqualTo("Exited[code=1]");
        assertThat(results[2].stderr()).contains("redefinition of function");
    }

    @Test
    void flite() throws IOException {
        Result[] results = run(
                Programs.flite(),
                new Call("", "-psdur", "-t", "Every call gets a machine of its own, 42 times.", "-o", "/speech.wav"),
                new Call("", "-lv"),
                new Call("", "-f", "/none.txt"));

        assertThat(results[0].ending()).isEqualTo("Exited[code=0]");
        assertThat(results[0].stdout()).startsWith("pau:").contains(" eh:", " v:");
    }

    @Test
    void cPython() throws IOException {
        Result[] results = run(
                Programs.cPython(),
                new Call(TEXT, "-c", script("data.py")),
                new Call(script("numbers.py"), "-"),
                new Call(script("system.py"), "-", "argument"),
                new Call(script("system.py"), "-", "argument", "that fails"));

        assertThat(results[0].stdout())
                .contains("\nmd5 " + digest("MD5"), "\nsha3_256 " + digest("SHA3-256"), "\nsha512 " + digest("SHA-512"))
                .endsWith("namespace(a=1)\n");
        assertThat(results[1].stdout()).contains("25997 [2, 3, 5, 7, 11, ");
        assertThat(results[2].ending()).isEqualTo("Exited[code=3]");
        assertThat(results[2].stdout()).contains("KeyError: 'missingkey'").endsWith("at exit\n");
        assertThat(results[3].ending()).isEqualTo("Exited[code=1]");
        assertThat(results[3].stderr()).endsWith("KeyError: 'missingkey'\n");
    }

    private static Result[] run(Path program, Call... calls) throws IOException {
        return run(Files.readAllBytes(program), calls);
    }

    /** Runs the calls on both engines and requires the same results. */
    private static Result[] run(byte[] program, Call... calls) {
        List<Result> ours = run(microVm, program, calls);
        List<Result> theirs = run(wasmtime, program, calls);
        for (int i = 0; i < calls.length; i++) {
            assertThat(ours.get(i)).as("call %d", i).isEqualTo(theirs.get(i));
        }
        return ours.stream().map(Result::decoded).toArray(Result[]::new);
    }

    private static List<Result> run(EngineFixture engine, byte[] program, Call... calls) {
        List<Result> results = new ArrayList<>();
        try (ExecutableModule module = engine.compile(program, LIMITS)) {
            for (Call call : calls) {
                results.add(run(engine, module, call));
            }
        }
        return results;
    }

    private static Result run(EngineFixture engine, ExecutableModule module, Call call) {
        CapturedOutput stdout = new CapturedOutput();
        CapturedOutput stderr = new CapturedOutput();
        List<String> arguments =
                Stream.concat(Stream.of("program"), call.arguments().stream()).toList();
        InstanceSpec spec = new InstanceSpec(
                new EntryPoint.Command(), arguments, ENVIRONMENT, BytesInput.of(call.input()), stdout, stderr);
        Outcome outcome = engine.run(module, spec, Interruption.after(Duration.ofMinutes(2)))
                .outcome();
        return new Result(outcome.toString(), bytes(stdout), bytes(stderr));
    }

    private static String bytes(CapturedOutput output) {
        return new String(output.bytes(), StandardCharsets.ISO_8859_1);
    }

    private static String script(String name) throws IOException {
        return Files.readString(SCRIPTS.resolve(name));
    }

    /** About 60 KB of words, always the same. */
    private static String text() {
        List<String> words = List.of("the", "quick", "brown", "fox", "jumps", "over", "lazy", "dog", "engine", "apple");
        return IntStream.range(0, 10_000)
                .mapToObj(i -> words.get(i * 7919 % 9973 % words.size()) + (i % 12 == 11 ? ",\n" : " "))
                .collect(Collectors.joining());
    }

    private static long countOf(String word) {
        return Arrays.stream(TEXT.split("\\s+", -1)).filter(word::equals).count();
    }

    private static String digest(String algorithm) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            return HexFormat.of().formatHex(digest.digest(TEXT.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static BigInteger power(int base, int exponent) {
        return BigInteger.valueOf(base).pow(exponent);
    }

    private record Call(String input, List<String> arguments) {
        Call(String input, String... arguments) {
            this(input, List.of(arguments));
        }
    }

    /** What came of a call; of its output each byte is one character, so that nothing can hide behind decoding. */
    private record Result(String ending, String stdout, String stderr) {

        Result decoded() {
            return new Result(ending, decoded(stdout), decoded(stderr));
        }

        private static String decoded(String bytes) {
            return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }
}

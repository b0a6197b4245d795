package dev.mayfly.mutation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damaged modules, uploaded over HTTP and invoked if they are accepted. Each is refused with a reason or runs to some
 * end, none is answered with an internal error, and the process has grown by nothing in the end.
 *
 * <p>The number of modules is {@code -Dmayfly.mutations=10000}, the seed {@code -Dmayfly.mutation-seed=1}.
 */
@SuppressWarnings("NullAway.Init")
class MutationIT {

    private static final int MUTANTS = Integer.getInteger("mayfly.mutations", 400);
    private static final long SEED = Long.getLong("mayfly.mutation-seed", 20261122);
    /** Until caches, pools and the compiler's arenas have their size. */
    private static final int WARM_UP = 100;

    private static final String FUNCTION = "/v1/functions/mutant";
    private static final byte[] NO_INPUT = {};

    private static final Set<String> REFUSALS = Set.of(
            "/problems/module-malformed",
            "/problems/module-invalid",
            "/problems/module-unsupported",
            "/problems/module-constraint",
            "/problems/unknown-import",
            "/problems/no-entry-point");

    private static final Set<String> BAD_ENDS = Set.of(
            "/problems/guest-exit", "/problems/guest-trap", "/problems/guest-timeout", "/problems/output-too-large");

    private static Mayfly mayfly;
    private static Http http;

    private final Map<String, Integer> ends = new TreeMap<>();

    @BeforeAll
    static void start(@TempDir Path directory) {
        // A cached module keeps memory and a descriptor: with hardly any cache, what is left is what leaks.
        // Modules with vectors run in this process, so that both engines get their share of what is damaged.
        Map<String, String> settings = Map.of(
                "mayfly.modules.cache-weight", "1MB",
                "mayfly.microvm.idle-machines", "2",
                "mayfly.sandbox.fallback", "wasmtime");
        mayfly = Mayfly.start(directory, Database.H2, settings);
        http = new Http(mayfly);
    }

    @AfterAll
    static void stop() {
        mayfly.close();
    }

    @Test
    void damagedModulesAreRefusedWithAReasonOrRun() throws IOException {
        createFunction();
        ModuleMutator mutator = new ModuleMutator(Corpus.commands(), new SplittableRandom(SEED));
        for (int i = 0; i < WARM_UP; i++) {
            submit(mutator.next(), i);
        }
        ProcessUsage before = ProcessUsage.now();
        for (int i = WARM_UP; i < MUTANTS; i++) {
            submit(mutator.next(), i);
        }
        ProcessUsage after = ProcessUsage.now();

        System.out.printf("%d mutants: %s%nbefore: %s%nafter:  %s%n", MUTANTS, ends, before, after);
        assertThat(ends)
                .as("mutants reach the engine")
                .containsKeys("ran", "/problems/guest-trap", "/problems/module-invalid");
        assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads() + 10);
        assertThat(after.openFiles().size())
                .as("open files")
                .isLessThanOrEqualTo(before.openFiles().size() + 10);
        assertThat(after.heapMiB()).as("heap, MiB").isLessThanOrEqualTo(before.heapMiB() + 32);
        assertThat(after.residentMiB()).as("resident memory, MiB").isLessThanOrEqualTo(before.residentMiB() + 256);
        assertHealthy();
    }

    private void createFunction() {
        Http.Answer uploaded = http.upload(FUNCTION + "/versions", Corpus.everything());
        assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(201);
        Http.Answer configured =
                http.put(FUNCTION, "{\"limits\": {\"timeoutMs\": 100, \"memoryMiB\": 16, \"maxOutputBytes\": 65536}}");
        assertThat(configured.status()).as(configured.text()).isEqualTo(200);
        assertHealthy();
    }

    private void submit(byte[] mutant, int number) {
        Http.Answer upload = http.upload(FUNCTION + "/versions", mutant);
        if (upload.status() == 201) {
            invoke(upload.json().path("version").asInt(), number);
            return;
        }
        assertThat(upload.status())
                .as("upload of mutant %d: %s", number, upload.text())
                .isEqualTo(422);
        assertThat(upload.json().path("detail").asString())
                .as("mutant %d", number)
                .isNotBlank();
        count(upload, REFUSALS, number);
    }

    private void invoke(int version, int number) {
        Http.Answer answer =
                http.post(FUNCTION + "/invocations?version=" + version, "application/octet-stream", NO_INPUT);
        if (answer.status() == 200) {
            ends.merge("ran", 1, Integer::sum);
        } else {
            count(answer, BAD_ENDS, number);
        }
    }

    private void count(Http.Answer problem, Set<String> expected, int number) {
        String type = problem.json().path("type").asString();
        assertThat(expected).as("mutant %d: %s", number, problem.text()).contains(type);
        ends.merge(type, 1, Integer::sum);
    }

    /** The module that nobody damaged still does what it should. */
    private static void assertHealthy() {
        Http.Answer answer = http.post(FUNCTION + "/invocations?version=1", "application/octet-stream", NO_INPUT);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo("everything works\n");
    }
}

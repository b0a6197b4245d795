package dev.mayfly.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.artifacts.ExecutableLease;
import dev.mayfly.artifacts.ExecutableModules;
import dev.mayfly.functions.FaultyArtifactStore.Step;
import dev.mayfly.testing.Database;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testing.TestModules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.util.FileSystemUtils;

/** What is stored, on each database: nothing half, nothing twice, nothing lost, nothing left over. */
@ParameterizedClass
@EnumSource(Database.class)
@SuppressWarnings("NullAway.Init")
class FunctionStorageIT {

    private static final Map<String, String> PROPERTIES = Map.of(
            "mayfly.modules.sweep-grace", "0s",
            "mayfly.modules.sweep-interval", "1h",
            "mayfly.modules.max-concurrent-compilations", "8",
            "mayfly.functions.catalog-refresh", "100ms");

    private static Mayfly mayfly;
    private static Map<String, String> databaseProperties;
    private static Path data;

    private final Database database;
    private final FunctionName name = new FunctionName("f-" + UUID.randomUUID());

    FunctionStorageIT(Database database) {
        this.database = database;
    }

    @BeforeParameterizedClassInvocation
    static void start(Database database, @TempDir Path directory) {
        data = directory;
        databaseProperties = database.properties();
        mayfly = Mayfly.startOn(data, databaseProperties, PROPERTIES, FaultyArtifactStore.Configuration.class);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        mayfly.close();
    }

    @AfterEach
    void nothingIsDanglingOrStaged() throws IOException {
        for (FunctionView.Summary function : queries().list("", 500).items()) {
            FunctionName each = new FunctionName(function.name());
            for (VersionView.Summary version :
                    queries().versions(each, Integer.MAX_VALUE, 500).items()) {
                assertThat(mayfly.bean(ArtifactStore.class).locate(ContentDigest.parse(version.digest())))
                        .isNotEmptyFile();
            }
        }
        assertThat(staged(data)).isEmpty();
    }

    @Test
    void versionsSurviveARestart() throws Exception {
        publish(name, "survivor");
        VersionView before = queries().version(name, 1);

        mayfly.restart();

        assertThat(queries().version(name, 1)).isEqualTo(before);
        ResolvedVersion resolved = catalog().resolve(name, VersionSelector.LIVE);
        try (ExecutableLease lease = mayfly.bean(ExecutableModules.class)
                .acquire(resolved.digest(), resolved.configuration().limits().instanceLimits())) {
            assertThat(lease.cold()).isTrue();
            assertThat(lease.module().export("_start")).isPresent();
        }
    }

    @Test
    void uploadsToOneFunctionAtTheSameTimeGetNumbersOfTheirOwn() throws Exception {
        List<Integer> numbers =
                inParallel(8, i -> publish(name, "concurrent" + i).version());

        assertThat(numbers).containsExactlyInAnyOrder(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(queries().function(name).value().latestVersion()).isEqualTo(8);
    }

    @Test
    void theSameBytesToManyFunctionsAtTheSameTimeAreStoredOnce() throws Exception {
        List<ContentDigest> digests =
                inParallel(8, i -> publish(new FunctionName("s" + i + "-" + UUID.randomUUID()), "same")
                        .digest());

        assertThat(digests).containsOnly(digests.getFirst());
        assertThat(mayfly.bean(ArtifactStore.class).list())
                .filteredOn(digests.getFirst()::equals)
                .hasSize(1);
    }

    @Test
    void configuringAndUploadingAtTheSameTimeLosesNeither() throws Exception {
        publish(name, "base");

        inParallel(8, i -> i % 2 == 0 ? publishPlain("up" + i) : configure("configuration " + i));

        FunctionView function = queries().function(name).value();
        String configured = function.configuration().description();
        assertThat(configured).startsWith("configuration");
        int latest = Optional.ofNullable(function.latestVersion()).orElseThrow();
        assertThat(queries().version(name, latest).configuration().description())
                .isEqualTo(configured);
    }

    @Test
    void aFaultAnywhereInAnUploadLeavesNothingOfIt() throws Exception {
        for (Step step : Step.values()) {
            mayfly.bean(FaultyArtifactStore.class).failAt(step);

            assertThatThrownBy(() -> publish(name, "fault at " + step)).isInstanceOf(FaultyArtifactStore.Crash.class);

            assertThat(queries().exists(name)).isFalse();
            mayfly.bean(ModuleSweeper.class).sweep();
            assertThat(mayfly.bean(ArtifactStore.class).list()).doesNotContain(digestOf("fault at " + step));
        }
        assertThat(publish(name, "no fault").version()).isEqualTo(1);
    }

    @Test
    void aModuleIsKeptAsLongAsAVersionRefersToIt() throws Exception {
        FunctionName other = new FunctionName("g-" + UUID.randomUUID());
        ContentDigest digest = publish(name, "shared").digest();
        publish(other, "shared");

        registry().delete(name, Precondition.NONE);
        mayfly.bean(ModuleSweeper.class).sweep();
        assertThat(mayfly.bean(ArtifactStore.class).list()).contains(digest);

        registry().delete(other, Precondition.NONE);
        mayfly.bean(ModuleSweeper.class).sweep();
        assertThat(mayfly.bean(ArtifactStore.class).list()).doesNotContain(digest);
    }

    @Test
    void publishingDeletingAndSweepingTheSameModuleNeverLosesOneThatIsReferredTo() throws Exception {
        inParallel(6, i -> {
            FunctionName mine = new FunctionName("churn" + i + "-" + UUID.randomUUID());
            for (int round = 0; round < 8; round++) {
                if (i < 4) {
                    ResolvedVersion version = publish(mine, "churned");
                    assertThat(mayfly.bean(ArtifactStore.class).locate(version.digest()))
                            .isNotEmptyFile();
                    registry().delete(mine, Precondition.NONE);
                } else {
                    mayfly.bean(ModuleSweeper.class).sweep();
                }
            }
            return i;
        });

        mayfly.bean(ModuleSweeper.class).sweep();
        assertThat(mayfly.bean(ArtifactStore.class).list()).doesNotContain(digestOf("churned"));
    }

    @Test
    void aKilledProcessLeavesWhatItConfirmedAndNothingElse(@TempDir Path copy) throws Exception {
        publish(name, "confirmed");
        try (InputStream hanging = new ByteArrayInputStream(TestModules.command("half"))) {
            var staged = mayfly.bean(ArtifactStore.class).stage(hanging, 1000);
            FileSystemUtils.copyRecursively(data, copy);
            staged.close();
        }
        assertThat(staged(copy)).hasSize(1);

        try (Mayfly heir = Mayfly.startOn(copy, databaseProperties, PROPERTIES)) {
            ResolvedVersion live = heir.bean(FunctionCatalog.class).resolve(name, VersionSelector.LIVE);
            assertThat(heir.bean(ArtifactStore.class).locate(live.digest()))
                    .hasBinaryContent(TestModules.command("confirmed"));
            assertThat(staged(copy)).isEmpty();
        }
    }

    @Test
    void aChangeByAnotherProcessOnTheDatabaseIsSeenSoon(@TempDir Path other) {
        assumeTrue(database == Database.POSTGRES, "an H2 file belongs to one process");
        try (Mayfly second = Mayfly.startOn(other, databaseProperties, PROPERTIES)) {
            assertThatThrownBy(() -> catalog().resolve(name, VersionSelector.LIVE))
                    .isInstanceOf(FunctionNotFoundException.class);

            publish(second, name, "by another");

            await().atMost(Duration.ofSeconds(10))
                    .ignoreException(FunctionNotFoundException.class)
                    .untilAsserted(() -> assertThat(catalog()
                                    .resolve(name, VersionSelector.LIVE)
                                    .version())
                            .isEqualTo(1));
            publish(second, name, "by another again");
            await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> assertThat(
                            catalog().resolve(name, VersionSelector.LIVE).version())
                    .isEqualTo(2));
            second.bean(FunctionRegistry.class).delete(name, Precondition.NONE);
            await().atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> assertThatThrownBy(() -> catalog().resolve(name, VersionSelector.LIVE))
                            .isInstanceOf(FunctionNotFoundException.class));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ResolvedVersion publish(FunctionName function, String salt) throws IOException {
        return publish(mayfly, function, salt);
    }

    private static ResolvedVersion publish(Mayfly where, FunctionName function, String salt) throws IOException {
        return where.bean(FunctionPublisher.class)
                .publish(function, new ByteArrayInputStream(TestModules.command(salt)), ConfigurationRequest.DEFAULTS);
    }

    /** Publishes with the configuration that the function has. */
    private int publishPlain(String salt) throws IOException {
        return mayfly.bean(ModulePublisher.class)
                .publish(name, new ByteArrayInputStream(TestModules.command(salt)), Optional.empty(), true)
                .version();
    }

    private int configure(String description) throws IOException {
        ConfigurationRequest request = new ConfigurationRequest(description, null, null, null, null, null, null);
        mayfly.bean(ModulePublisher.class).configure(name, request, OptionalInt.empty(), true, Precondition.NONE);
        return 0;
    }

    private static ContentDigest digestOf(String salt) throws IOException {
        try (var staged =
                mayfly.bean(ArtifactStore.class).stage(new ByteArrayInputStream(TestModules.command(salt)), 1000)) {
            return staged.digest();
        }
    }

    private static FunctionRegistry registry() {
        return mayfly.bean(FunctionRegistry.class);
    }

    private static FunctionQueries queries() {
        return mayfly.bean(FunctionQueries.class);
    }

    private static FunctionCatalog catalog() {
        return mayfly.bean(FunctionCatalog.class);
    }

    private static List<Path> staged(Path dataDir) throws IOException {
        try (Stream<Path> files = Files.walk(dataDir.resolve("modules").resolve("staging"))) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }

    private interface Numbered<T> {
        T run(int number) throws Exception;
    }

    private static <T> List<T> inParallel(int threads, Numbered<T> work) throws Exception {
        List<T> results = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Callable<T>> tasks = IntStream.range(0, threads)
                    .<Callable<T>>mapToObj(i -> () -> work.run(i))
                    .toList();
            for (Future<T> result : pool.invokeAll(tasks)) {
                results.add(result.get());
            }
        }
        return results;
    }
}

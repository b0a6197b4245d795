package dev.mayfly.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mayfly.artifacts.ArtifactStore;
import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.testing.Database;
import dev.mayfly.testing.FakeEngineConfiguration;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testing.TestModules;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Two processes that share a database and nothing else have the same functions. */
@ParameterizedClass
@EnumSource(Database.class)
@SuppressWarnings("NullAway.Init")
class SharedModulesIT {

    private static final Map<String, String> PROPERTIES = Map.of(
            "mayfly.modules.store", "database",
            "mayfly.modules.sweep-grace", "0s",
            "mayfly.modules.sweep-interval", "1h",
            "mayfly.samples.enabled", "false",
            "mayfly.functions.catalog-refresh", "50ms");

    private static Mayfly first;
    private static Mayfly second;
    private static Path files;

    private final FunctionName name = new FunctionName("f-" + UUID.randomUUID());

    SharedModulesIT(Database database) {}

    @BeforeParameterizedClassInvocation
    static void start(Database database, @TempDir Path one, @TempDir Path other) {
        Map<String, String> shared =
                switch (database) {
                    case H2 ->
                        Map.of("spring.datasource.url", "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
                    case POSTGRES -> database.properties();
                };
        first = Mayfly.startOn(one, shared, PROPERTIES, FakeEngineConfiguration.class);
        second = Mayfly.startOn(other, shared, PROPERTIES, FakeEngineConfiguration.class);
        files = other.resolve("modules").resolve("sha256");
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        first.close();
        second.close();
    }

    @Test
    void whatOnePublishesTheOtherInvokes() {
        Http one = new Http(first);
        Http other = new Http(second);
        assertThat(one.upload("/v1/functions/" + name + "/versions", TestModules.command("shared"))
                        .status())
                .isEqualTo(201);

        assertThat(other.post("/v1/functions/" + name + "/invocations", "text/plain", new byte[0])
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aModuleOfSeveralChunksComesBackAsItWas() throws IOException {
        byte[] module = TestModules.command("x".repeat(2_500_000));
        ContentDigest digest = publish(first, module);

        assertThat(store(second).locate(digest)).hasBinaryContent(module);
        assertThat(read(second, digest)).isEqualTo(module);
    }

    @Test
    void aDamagedFileIsReadAnew() throws IOException {
        byte[] module = TestModules.command("damaged");
        ContentDigest digest = publish(first, module);
        Files.writeString(store(second).locate(digest), "something else");

        assertThat(store(second).locate(digest)).hasBinaryContent(module);
    }

    @Test
    void aModuleIsReadWhereNoFileCanBeWritten() throws IOException {
        byte[] module = TestModules.command("no room");
        ContentDigest digest = publish(first, module);
        Path inTheWay = files.resolve(digest.hex().substring(0, 2));
        Files.writeString(inTheWay, "stands for a full disk");
        try {
            assertThat(read(second, digest)).isEqualTo(module);
        } finally {
            Files.delete(inTheWay);
        }
    }

    @Test
    void theSameModuleIsPublishedByBothAtTheSameTime() throws Exception {
        byte[] module = TestModules.command("same " + UUID.randomUUID());
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<ContentDigest>> published = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                FunctionName mine = new FunctionName("g" + i + "-" + UUID.randomUUID());
                Mayfly where = i % 2 == 0 ? first : second;
                published.add(threads.submit(() -> publish(where, mine, module)));
            }
            for (Future<ContentDigest> one : published) {
                assertThat(read(first, one.get())).isEqualTo(module);
                assertThat(read(second, one.get())).isEqualTo(module);
            }
        }
    }

    @Test
    void whatNoVersionRefersToIsDeletedForBoth() throws IOException {
        ContentDigest digest = publish(first, TestModules.command("unused"));
        first.bean(FunctionRegistry.class).delete(name, Precondition.NONE);

        second.bean(ModuleSweeper.class).sweep();

        assertThat(store(first).list()).doesNotContain(digest);
        assertThatThrownBy(() -> store(second).locate(digest)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void modulesFromATimeWhenTheyWereInFilesAreCopied(@TempDir Path data, @TempDir Path later) throws IOException {
        Map<String, String> database =
                Map.of("spring.datasource.url", "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        byte[] module = TestModules.command("from a file");
        ContentDigest digest;
        try (Mayfly before = Mayfly.startOn(
                data, database, Map.of("mayfly.samples.enabled", "false"), FakeEngineConfiguration.class)) {
            digest = publish(before, module);
        }
        Mayfly.startOn(data, database, PROPERTIES, FakeEngineConfiguration.class)
                .close();
        try (Mayfly other = Mayfly.startOn(later, database, PROPERTIES, FakeEngineConfiguration.class)) {
            assertThat(read(other, digest)).isEqualTo(module);
        }
    }

    private ContentDigest publish(Mayfly where, byte[] module) throws IOException {
        return publish(where, name, module);
    }

    private static ContentDigest publish(Mayfly where, FunctionName name, byte[] module) throws IOException {
        return where.bean(FunctionPublisher.class)
                .publish(name, new ByteArrayInputStream(module), ConfigurationRequest.DEFAULTS)
                .digest();
    }

    private static ArtifactStore store(Mayfly mayfly) {
        return mayfly.bean(ArtifactStore.class);
    }

    private static byte[] read(Mayfly mayfly, ContentDigest digest) throws IOException {
        try (InputStream in = store(mayfly).open(digest)) {
            return in.readAllBytes();
        }
    }
}

package dev.mayfly.disks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testing.TestModules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The API of disks over HTTP, on each database. */
@ParameterizedClass
@EnumSource(Database.class)
@SuppressWarnings("NullAway.Init")
class DisksApiIT {

    private static Mayfly mayfly;
    private static Http http;
    private static Path data;

    private final String name = "d-" + UUID.randomUUID();
    private final String path = "/v1/disks/" + name;
    private final String function = "/v1/functions/f-" + UUID.randomUUID();

    DisksApiIT(Database database) {}

    @BeforeParameterizedClassInvocation
    static void start(Database database, @TempDir Path directory) {
        data = directory;
        mayfly = Mayfly.start(
                directory,
                database,
                Map.of(
                        "mayfly.disks.max-upload",
                        "1MB",
                        "mayfly.disks.sweep-grace",
                        "0s",
                        "mayfly.engine",
                        "wasmtime"));
        http = new Http(mayfly);
    }

    @AfterParameterizedClassInvocation
    static void stop() {
        mayfly.close();
    }

    @Test
    void anUploadMakesAVersion() throws IOException {
        byte[] image = TarImages.of("greeting", "hello");
        Http.Answer uploaded = upload(image);
        assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(201);
        assertThat(uploaded.header("Location")).isEqualTo(path + "/versions/1");
        assertThat(uploaded.text("format")).isEqualTo("tar");
        assertThat(uploaded.number("uploadBytes")).isEqualTo(image.length);
        assertThat(uploaded.number("contentBytes")).isEqualTo(5);
        assertThat(uploaded.number("files")).isEqualTo(2);
        assertThat(uploaded.text("digest")).matches("sha256:[0-9a-f]{64}");
        assertThat(http.get(path + "/versions/1").json()).isEqualTo(uploaded.json());
        assertThat(http.get(path).number("latestVersion")).isEqualTo(1);
        assertThat(upload(image).text("digest")).isEqualTo(uploaded.text("digest"));
        assertThat(http.get(path).number("latestVersion")).isEqualTo(2);
    }

    @Test
    void listsGoOnWhereTheyEnded() throws IOException {
        for (int i = 0; i < 3; i++) {
            upload(TarImages.of("file", "contents " + i));
        }
        Http.Answer first = http.get(path + "/versions?limit=2");
        assertThat(first.json().path("items")).hasSize(2);
        assertThat(first.json().path("items").get(0).path("version").asInt()).isEqualTo(3);
        Http.Answer rest = http.get(first.text("next"));
        assertThat(rest.json().path("items")).hasSize(1);
        assertThat(rest.json().has("next")).isFalse();
        List<String> names = new ArrayList<>();
        http.get("/v1/disks?limit=500")
                .json()
                .path("items")
                .forEach(disk -> names.add(disk.path("name").asString()));
        assertThat(names).contains(name).isSorted();
    }

    @Test
    void aBadImageIsRefusedWithAReasonAndLeavesNothing() throws IOException {
        Http.Answer refused = upload("no image".getBytes(StandardCharsets.UTF_8));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.text("type")).isEqualTo("/problems/disk-refused");
        assertThat(refused.text("reason")).isEqualTo("unknown-format");
        assertThat(upload(TarImages.of("../out", "x")).text("reason")).isEqualTo("invalid-path");
        Http.Answer large = upload(new byte[1_100_000]);
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.text("limit")).isEqualTo("mayfly.disks.max-upload");
        assertThat(http.get(path).text("type")).isEqualTo("/problems/disk-not-found");
        assertThat(http.get("/v1/disks/No_Name").status()).isEqualTo(400);
        assertThat(http.get(path + "/versions/7").status()).isEqualTo(404);
        assertThat(staged()).isEmpty();
    }

    @Test
    void aDiskInUseStaysAndOneThatIsNotGoes() throws IOException {
        upload(TarImages.of("one", "1"));
        String digest = upload(TarImages.of("two", name)).text("digest");
        Http.Answer configured = http.put(function, "{\"rootDisk\": \"" + name + "@2\"}");
        assertThat(configured.status()).as(configured.text()).isEqualTo(201);
        assertThat(configured.json().path("configuration").path("rootDisk").asString())
                .isEqualTo(name + "@2@" + digest);
        assertThat(http.upload(function + "/versions", TestModules.command("a")).status())
                .isEqualTo(201);
        Http.Answer inUse = http.delete(path);
        assertThat(inUse.status()).isEqualTo(409);
        assertThat(inUse.text("type")).isEqualTo("/problems/conflict");
        assertThat(http.delete(path + "/versions/2").status()).isEqualTo(409);
        assertThat(http.delete(path + "/versions/1").status()).isEqualTo(204);
        mayfly.bean(DiskSweeper.class).sweep();
        assertThat(stored(digest)).exists();
        assertThat(http.delete(function).status()).isEqualTo(204);
        assertThat(http.delete(path).status()).isEqualTo(204);
        assertThat(http.delete(path).status()).isEqualTo(404);
        mayfly.bean(DiskSweeper.class).sweep();
        assertThat(stored(digest)).doesNotExist();
    }

    @Test
    void aConfigurationNamesDisksThatAre() throws IOException {
        upload(TarImages.of("file", "x"));
        assertThat(http.put(function, "{\"rootDisk\": \"" + name + "@2\"}").status())
                .isEqualTo(400);
        Http.Answer conflicting = http.put(
                function,
                "{\"rootDisk\": \"" + name + "@1\", \"mounts\": [{\"path\": \"/file/x\", \"disk\": \"" + name
                        + "@1\"}]}");
        assertThat(conflicting.status()).isEqualTo(400);
        assertThat(conflicting.json().path("errors").get(0).path("field").asString())
                .isEqualTo("mounts");
        Http.Answer mounted =
                http.put(function, "{\"mounts\": [{\"path\": \"/models\", \"disk\": \"" + name + "@1\"}]}");
        assertThat(mounted.status()).as(mounted.text()).isEqualTo(201);
        String configuration = mounted.json().path("configuration").toString();
        assertThat(http.put(function, configuration).status())
                .as("as it was shown")
                .isEqualTo(200);
    }

    private static List<Path> staged() throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("disks/staging"))) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }

    private static Path stored(String digest) {
        String hex = digest.substring("sha256:".length());
        return data.resolve("disks/sha256").resolve(hex.substring(0, 2)).resolve(hex.substring(2));
    }

    private Http.Answer upload(byte[] image) {
        return http.post(path + "/versions", "application/octet-stream", image);
    }
}

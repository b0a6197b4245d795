package dev.mayfly.archives;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What archives cost, over HTTP; prints figures. Each invocation is made with and without, in turns. */
class ArtifactsCostIT {

    private static final int ROUNDS = Integer.getInteger("mayfly.artifacts.rounds", 20);
    private static final int FILE_BYTES = 256 * 1024;
    private static final byte[] NOTHING = {};

    @Test
    void withAnArchiveAndWithout(@TempDir Path data) {
        Map<String, String> properties =
                Map.of("mayfly.samples.enabled", "false", "mayfly.artifacts.max-total", "100GB");
        try (Mayfly mayfly = Mayfly.start(data, Database.H2, properties)) {
            Http http = new Http(mayfly);
            compare(http, "one small file", new FileScript().write("f", "x"));
            FileScript many = new FileScript();
            for (int i = 0; i < 16; i++) {
                many.write("f" + i, Noise.of(FILE_BYTES, 1));
            }
            compare(http, "16 files of 256 KiB that hardly compress", many);
            compare(http, "zeros, 200 MB", new FileScript().grow("f", 200_000_000));
        }
    }

    private static void compare(Http http, String what, FileScript program) {
        byte[] module = program.module();
        String without = deploy(http, "without-" + module.length, "never", module);
        String with = deploy(http, "with-" + module.length, "always", module);
        List<Long> plain = new ArrayList<>();
        List<Long> archived = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            plain.add(time(http, without, 404));
            archived.add(time(http, with, 200));
        }
        System.out.printf(
                "%s: p50 %.2f ms without, %.2f ms with an archive; %d rounds%n",
                what, median(plain), median(archived), ROUNDS);
    }

    private static String deploy(Http http, String name, String policy, byte[] module) {
        String function = "/v1/functions/" + name;
        assertThat(http.put(function, "{\"artifacts\": \"" + policy + "\"}").status())
                .isEqualTo(201);
        assertThat(http.upload(function + "/versions", module).status()).isEqualTo(201);
        return function;
    }

    private static long time(Http http, String function, int artifacts) {
        long begun = System.nanoTime();
        Http.Answer answer = http.post(function + "/invocations", "application/octet-stream", NOTHING);
        long taken = System.nanoTime() - begun;
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        String archive = "/v1/invocations/" + answer.header("Mayfly-Invocation-Id") + "/artifacts";
        assertThat(http.send("HEAD", archive, BodyPublishers.noBody()).status()).isEqualTo(artifacts);
        http.delete(archive);
        return taken;
    }

    private static double median(List<Long> times) {
        Collections.sort(times);
        return times.get(times.size() / 2) / 1e6;
    }
}

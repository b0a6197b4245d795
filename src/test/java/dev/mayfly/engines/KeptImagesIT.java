package dev.mayfly.engines;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.kvm.RequiresKvm;
import dev.mayfly.testing.Database;
import dev.mayfly.testing.Http;
import dev.mayfly.testing.Mayfly;
import dev.mayfly.testsupport.Programs;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was compiled is there after a restart. */
@RequiresKvm
class KeptImagesIT {

    @Test
    void modulesAreCompiledOnceAndAgainOnlyIfTheirImageIsDamaged(@TempDir Path directory) throws IOException {
        Map<String, String> settings = Map.of("mayfly.engine", "microvm", "mayfly.samples.enabled", "false");
        try (Mayfly mayfly = Mayfly.start(directory, Database.H2, settings)) {
            Http.Answer uploaded = new Http(mayfly).upload("/v1/functions/hello/versions", Programs.sample("hello"));
            assertThat(uploaded.status()).as(uploaded.text()).isEqualTo(201);
            assertThat(greeting(mayfly)).isEqualTo("Hello, Ada!\n");
            assertThat(images(mayfly)).containsExactly(0.0, 1.0, 0.0);

            mayfly.restart();
            assertThat(greeting(mayfly)).isEqualTo("Hello, Ada!\n");
            assertThat(images(mayfly)).containsExactly(1.0, 0.0, 0.0);

            damage(directory.resolve("images"));
            mayfly.restart();
            assertThat(greeting(mayfly)).isEqualTo("Hello, Ada!\n");
            assertThat(images(mayfly)).containsExactly(0.0, 1.0, 1.0);
        }
    }

    private static String greeting(Mayfly mayfly) {
        Http.Answer answer = new Http(mayfly)
                .post("/v1/functions/hello/invocations", "application/octet-stream", "Ada\n".getBytes(UTF_8));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Mayfly-Engine")).isEqualTo("microvm");
        return answer.text();
    }

    private static List<Double> images(Mayfly mayfly) {
        MeterRegistry meters = mayfly.bean(MeterRegistry.class);
        return Stream.of("opened", "built", "damaged")
                .map(how -> meters.get("mayfly.microvm.images")
                        .tag("how", how)
                        .functionCounter()
                        .count())
                .toList();
    }

    private static void damage(Path images) throws IOException {
        try (Stream<Path> files = Files.list(images)) {
            Path image = files.filter(file -> file.toString().endsWith(".image"))
                    .findFirst()
                    .orElseThrow();
            byte[] bytes = Files.readAllBytes(image);
            bytes[bytes.length / 2] ^= 1;
            Files.delete(image);
            Files.write(image, bytes);
        }
    }
}

package dev.mayfly.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mayfly.artifacts.ContentDigest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatusCodecTest {

    private static final WorkerStatus STATUS = new WorkerStatus(
            "worker-1",
            UUID.fromString("0190b9c8-0000-7000-8000-000000000009"),
            "0.1.0",
            "microvm",
            new WorkerLoad(8, 7, 6, true),
            Set.of(new ContentDigest("ab".repeat(32))),
            Optional.of(new HeldDisks(20_000_000_000L, Set.of(new ContentDigest("cd".repeat(32))))));

    @Test
    void aStatusArrivesAsItWasSent() throws IOException {
        assertThat(decode(new String(StatusCodec.encode(STATUS), StandardCharsets.UTF_8)))
                .isEqualTo(STATUS);
    }

    /** As it was written before there were disks. */
    @Test
    void aWorkerThatSaysNothingOfDisksHasNone() throws IOException {
        WorkerStatus status = decode("""
                {"name": "w", "instance": "0190b9c8-0000-7000-8000-000000000009", "software": "0.1.0",
                 "engine": "microvm", "load": {"slots": 8, "inUse": 0, "queued": 0, "draining": false},
                 "modules": []}""");

        assertThat(status.disks()).isEmpty();
        assertThat(decode(new String(StatusCodec.encode(status), StandardCharsets.UTF_8)))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{}", "", "{\"name\":\"x\"}", "{} {}"})
    void refusesWhatIsNoStatus(String json) {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> decode(json));
    }

    @Test
    void aLoadArrivesAsItWasSent() throws IOException {
        assertThat(WorkerLoad.parse(STATUS.load().header())).isEqualTo(STATUS.load());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "slots=0 in-use=0 queued=0 draining=false", "slots=1 in-use=0 queued=0", "slots=1"})
    void refusesWhatIsNoLoad(String header) {
        assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> WorkerLoad.parse(header));
    }

    private static WorkerStatus decode(String json) throws IOException {
        return StatusCodec.decode(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)));
    }
}

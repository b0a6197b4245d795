package dev.mayfly.cluster;

import dev.mayfly.artifacts.ModuleDigest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A worker's status as JSON. */
public final class StatusCodec {

    /** How long a status is at most, in bytes. */
    public static final int MOST_BYTES = 2 * 1024 * 1024;

    private static final int MOST_CHARACTERS = 200;

    private record Document(
            @Nullable String name,
            @Nullable UUID instance,
            @Nullable String software,
            @Nullable String engine,
            @Nullable WorkerLoad load,
            @Nullable List<String> modules) {

        WorkerStatus status() {
            List<String> digests = Checked.required("modules", modules);
            Checked.within("number of modules", digests.size(), 0, WorkerStatus.MOST_MODULES);
            return new WorkerStatus(
                    Checked.atMost("name", MOST_CHARACTERS, name),
                    Checked.required("instance", instance),
                    Checked.atMost("software", MOST_CHARACTERS, software),
                    Checked.atMost("engine", MOST_CHARACTERS, engine),
                    Checked.required("load", load),
                    digests.stream()
                            .map(digest -> new ModuleDigest(Checked.required("digest", digest)))
                            .collect(Collectors.toUnmodifiableSet()));
        }
    }

    private StatusCodec() {}

    /** The JSON of a status. */
    public static byte[] encode(WorkerStatus status) {
        return ClusterJson.write(new Document(
                status.name(),
                status.instance(),
                status.software(),
                status.engine(),
                status.load(),
                status.modules().stream()
                        .limit(WorkerStatus.MOST_MODULES)
                        .map(ModuleDigest::hex)
                        .toList()));
    }

    /**
     * Reads a status.
     *
     * @throws ProtocolException if it is none, or longer than {@link #MOST_BYTES}
     * @throws IOException if it cannot be read to its end
     */
    public static WorkerStatus decode(InputStream in) throws IOException {
        byte[] json = in.readNBytes(MOST_BYTES + 1);
        if (json.length > MOST_BYTES) {
            throw new ProtocolException("a status that is too long");
        }
        return Checked.value(() -> ClusterJson.read(json, Document.class).status());
    }
}

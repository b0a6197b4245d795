package dev.mayfly.cluster;

import dev.mayfly.artifacts.ContentDigest;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;
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
            @Nullable List<String> modules,
            @Nullable List<String> disks,
            long diskCapacity) {

        WorkerStatus status() {
            return new WorkerStatus(
                    Checked.atMost("name", MOST_CHARACTERS, name),
                    Checked.required("instance", instance),
                    Checked.atMost("software", MOST_CHARACTERS, software),
                    Checked.atMost("engine", MOST_CHARACTERS, engine),
                    Checked.required("load", load),
                    digests("modules", Checked.required("modules", modules), WorkerStatus.MOST_MODULES),
                    Optional.ofNullable(disks).map(this::held));
        }

        private HeldDisks held(List<String> digests) {
            return new HeldDisks(
                    Checked.within("diskCapacity", diskCapacity, 0, Long.MAX_VALUE),
                    digests("disks", digests, HeldDisks.MOST));
        }

        private static Set<ContentDigest> digests(String member, List<String> digests, int most) {
            Checked.within("number of " + member, digests.size(), 0, most);
            return digests.stream()
                    .map(digest -> new ContentDigest(Checked.required("digest", digest)))
                    .collect(Collectors.toUnmodifiableSet());
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
                digests(status.modules(), WorkerStatus.MOST_MODULES),
                status.disks()
                        .map(disks -> digests(disks.digests(), HeldDisks.MOST))
                        .orElse(null),
                status.disks().map(HeldDisks::capacity).orElse(0L)));
    }

    private static List<String> digests(Set<ContentDigest> digests, int most) {
        return digests.stream().limit(most).map(ContentDigest::hex).toList();
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

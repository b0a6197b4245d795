package dev.mayfly.cluster;

import dev.mayfly.artifacts.ContentDigest;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Which disks a worker lacks for an order, as {@link ClusterHeaders#MISSING}. */
public final class MissingDisks {

    private static final int MOST_CHARACTERS = 4096;

    private MissingDisks() {}

    /** The value of the header. */
    public static String header(Collection<ContentDigest> missing) {
        return missing.stream().map(ContentDigest::hex).collect(Collectors.joining(","));
    }

    /**
     * Reads what {@link #header} wrote.
     *
     * @throws ProtocolException if it is not of that form
     */
    public static List<ContentDigest> parse(String header) throws ProtocolException {
        return Checked.value(() -> Arrays.stream(
                        Checked.atMost("missing", MOST_CHARACTERS, header).split(",", -1))
                .filter(digest -> !digest.isEmpty())
                .map(ContentDigest::new)
                .toList());
    }
}

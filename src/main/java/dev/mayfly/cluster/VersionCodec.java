package dev.mayfly.cluster;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.functions.FunctionConfiguration;
import dev.mayfly.functions.FunctionLimits;
import dev.mayfly.functions.FunctionName;
import dev.mayfly.functions.InvalidNameException;
import dev.mayfly.functions.ResolvedVersion;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Versions as JSON. A version is executed many times and never changes, so both directions remember what they made of
 * those that are in use.
 */
final class VersionCodec {

    private static final int REMEMBERED = 10_000;
    private static final int LARGEST_REMEMBERED = 16 * 1024;
    private static final int DAY_MS = 24 * 60 * 60 * 1000;
    private static final int MOST_MEMORY_MIB = 4096;

    private record Document(
            @Nullable String function,
            int version,
            @Nullable String digest,
            @Nullable FunctionConfiguration configuration) {

        ResolvedVersion resolved() {
            FunctionConfiguration complete = Checked.required("configuration", configuration);
            requireBounds(Checked.required("limits", complete.limits()));
            Checked.required("description", complete.description());
            Checked.required("http", complete.http());
            complete.env().values().forEach(value -> Checked.required("variable", value));
            return new ResolvedVersion(
                    name(Checked.required("function", function)),
                    (int) Checked.within("version", version, 1, Integer.MAX_VALUE),
                    new ContentDigest(Checked.required("digest", digest)),
                    complete);
        }

        private static FunctionName name(String text) {
            try {
                return new FunctionName(text);
            } catch (InvalidNameException e) {
                throw new IllegalArgumentException(e);
            }
        }

        private static void requireBounds(FunctionLimits limits) {
            Checked.within("memoryMiB", limits.memoryMiB(), 1, MOST_MEMORY_MIB);
            Checked.within("timeoutMs", limits.timeoutMs(), 1, DAY_MS);
            Checked.within("cpuTimeMs", limits.cpuTimeMs(), 1, DAY_MS);
            Checked.within("maxInputBytes", limits.maxInputBytes(), 0, Long.MAX_VALUE);
            Checked.within("maxOutputBytes", limits.maxOutputBytes(), 0, Long.MAX_VALUE);
            limits.fileLimits();
            limits.instanceLimits();
        }
    }

    /** By identity: the catalog hands out the same object each time. */
    private final Cache<ResolvedVersion, byte[]> encoded =
            Caffeine.newBuilder().weakKeys().build();

    private final Cache<ByteBuffer, ResolvedVersion> decoded =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    byte[] encode(ResolvedVersion version) {
        return encoded.get(version, VersionCodec::encodeNow);
    }

    private static byte[] encodeNow(ResolvedVersion version) {
        return ClusterJson.write(new Document(
                version.function().value(), version.version(), version.digest().hex(), version.configuration()));
    }

    ResolvedVersion decode(byte[] json) throws ProtocolException {
        ByteBuffer key = ByteBuffer.wrap(json);
        ResolvedVersion known = decoded.getIfPresent(key);
        if (known != null) {
            return known;
        }
        ResolvedVersion version =
                Checked.value(() -> ClusterJson.read(json, Document.class).resolved());
        if (json.length <= LARGEST_REMEMBERED) {
            decoded.put(key, version);
        }
        return version;
    }
}

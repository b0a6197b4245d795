package dev.mayfly.disk.zstd;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Data that is the input of a fuzzer, unpacked by our decoder and by the reference. Requires that what ours unpacks the
 * reference unpacks to the same, and that ours throws nothing but its exception.
 */
public final class ZstdFuzzer {

    private static final int MAX_BYTES = 4 << 20;
    private static final int MAX_WINDOW_LOG = 27;

    private ZstdFuzzer() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        byte[] ours = unpack(new ZstdInputStream(new ByteArrayInputStream(input)));
        byte[] theirs = byReference(input);
        if (ours != null && ours.length < MAX_BYTES && !Arrays.equals(ours, theirs)) {
            throw new IllegalStateException("unpacks to " + ours.length + " bytes, and by the reference to "
                    + (theirs == null ? "nothing" : theirs.length + " bytes"));
        }
    }

    /** What data unpacks to, of very much the beginning; null if it is damaged. */
    static byte @Nullable [] unpack(InputStream in) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[10_000];
        try {
            for (int count = in.read(buffer); count >= 0 && out.size() < MAX_BYTES; count = in.read(buffer)) {
                out.write(buffer, 0, count);
            }
            return out.toByteArray();
        } catch (IOException e) {
            return null;
        }
    }

    static byte @Nullable [] byReference(byte[] input) throws IOException {
        try (ZstdInputStreamNoFinalizer in = new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(input))) {
            in.setLongMax(MAX_WINDOW_LOG);
            return unpack(in);
        }
    }
}

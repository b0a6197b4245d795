package dev.mayfly.disk.zstd;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;

/** Data of several kinds, packed by the library that everybody uses. */
final class Samples {

    private Samples() {}

    /** Words from a small vocabulary, with repetitions near and far, and stretches of noise and of zeros. */
    static byte[] mixed(int length, long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[length];
        for (int at = 0; at < length; ) {
            int count = Math.min(length - at, 1 + random.nextInt(700));
            switch (random.nextInt(5)) {
                case 0 -> noise(random, bytes, at, count, 256);
                case 1 -> noise(random, bytes, at, count, 7);
                case 2 -> at += count;
                default -> {
                    int from = at == 0 ? 0 : random.nextInt(at);
                    System.arraycopy(bytes, from, bytes, at, Math.min(count, length - Math.max(at, from)));
                }
            }
            at += count;
        }
        return bytes;
    }

    private static void noise(Random random, byte[] bytes, int at, int count, int symbols) {
        for (int i = at; i < at + count; i++) {
            bytes[i] = (byte) random.nextInt(symbols);
        }
    }

    /** Packs without saying the size, with a window of two to the power of {@code windowLog}, if that is not 0. */
    static byte[] pack(byte[] bytes, int level, int windowLog, boolean checksum) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (ZstdOutputStream out = new ZstdOutputStream(packed, level)) {
            out.setChecksum(checksum);
            if (windowLog != 0) {
                out.setLong(windowLog);
            }
            out.write(bytes);
        }
        return packed.toByteArray();
    }
}

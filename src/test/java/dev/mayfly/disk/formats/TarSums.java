package dev.mayfly.disk.formats;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Puts the sums of tar headers right that were changed, so that more of a changed archive is read. */
final class TarSums {

    private static final int BLOCK = 512;
    private static final int SUM_AT = 148;
    private static final int MAGIC_AT = 257;
    private static final byte[] MAGIC = {'u', 's', 't', 'a', 'r'};

    private TarSums() {}

    static byte[] repair(byte[] image) {
        for (int at = 0; at + BLOCK <= image.length; at += BLOCK) {
            if (Arrays.equals(image, at + MAGIC_AT, at + MAGIC_AT + MAGIC.length, MAGIC, 0, MAGIC.length)) {
                Arrays.fill(image, at + SUM_AT, at + SUM_AT + 8, (byte) ' ');
                int sum = 0;
                for (int i = at; i < at + BLOCK; i++) {
                    sum += image[i] & 0xFF;
                }
                byte[] text = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(text, 0, image, at + SUM_AT, text.length);
            }
        }
        return image;
    }
}

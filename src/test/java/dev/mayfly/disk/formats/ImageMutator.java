package dev.mayfly.disk.formats;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Damages images: bits, bytes, numbers, stretches. Sums of tar headers are put right again, so that more gets past them. */
final class ImageMutator {

    private static final long[] NUMBERS = {
        0,
        1,
        2,
        0x7F,
        0x80,
        0xFF,
        0x7FFF,
        0x8000,
        0xFFFF,
        0x7FFF_FFFFL,
        0x8000_0000L,
        0xFFFF_FFFFL,
        0x1_0000_0000L,
        Long.MAX_VALUE,
        Long.MIN_VALUE,
        -1L,
        4096,
        65_536,
        1L << 40
    };
    private static final int TAR_BLOCK = 512;
    private static final byte[] USTAR = {'u', 's', 't', 'a', 'r'};

    private final Random random;

    ImageMutator(Random random) {
        this.random = random;
    }

    byte[] mutate(byte[] image) {
        byte[] mutant = image.clone();
        int changes = 1 + random.nextInt(8);
        for (int i = 0; i < changes; i++) {
            mutant = change(mutant);
        }
        return repairTar(mutant);
    }

    private byte[] change(byte[] image) {
        int at = place(image.length);
        switch (random.nextInt(12)) {
            case 0, 1 -> image[at] ^= (byte) (1 << random.nextInt(8));
            case 2, 3 -> image[at] = (byte) random.nextInt();
            case 4, 5 -> putNumber(image, at);
            case 6 -> image[at] += (byte) (random.nextInt(9) - 4);
            case 7 -> copy(image, place(image.length), at);
            case 8 ->
                Arrays.fill(image, at, Math.min(image.length, at + 1 + random.nextInt(64)), (byte) random.nextInt());
            case 9 -> swap(image, at, place(image.length));
            case 10 -> addToNumber(image, at);
            default -> {
                if (random.nextInt(4) == 0) {
                    return Arrays.copyOf(image, Math.max(1, at));
                }
                image[at]++;
            }
        }
        return image;
    }

    /** Half of all changes are where the structures of most formats are: near the beginning, or where bytes are not zero. */
    private int place(int length) {
        return random.nextBoolean() ? random.nextInt(Math.min(length, 4096)) : random.nextInt(length);
    }

    private void putNumber(byte[] image, int at) {
        int width = 1 << random.nextInt(4);
        ByteBuffer number = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
        number.putLong(NUMBERS[random.nextInt(NUMBERS.length)]);
        System.arraycopy(number.array(), 0, image, at, Math.min(width, image.length - at));
    }

    private void addToNumber(byte[] image, int at) {
        int start = at & ~3;
        if (start + 4 <= image.length) {
            ByteBuffer numbers = ByteBuffer.wrap(image).order(ByteOrder.LITTLE_ENDIAN);
            numbers.putInt(start, numbers.getInt(start) + random.nextInt(17) - 8);
        }
    }

    private void copy(byte[] image, int from, int to) {
        int length = Math.min(1 + random.nextInt(256), image.length - Math.max(from, to));
        System.arraycopy(image, from, image, to, length);
    }

    private static void swap(byte[] image, int one, int other) {
        byte kept = image[one];
        image[one] = image[other];
        image[other] = kept;
    }

    /** Puts the sums of tar headers right. */
    static byte[] repairTar(byte[] image) {
        for (int at = 0; at + TAR_BLOCK <= image.length; at += TAR_BLOCK) {
            if (Arrays.equals(image, at + 257, at + 262, USTAR, 0, USTAR.length)) {
                Arrays.fill(image, at + 148, at + 156, (byte) ' ');
                int sum = 0;
                for (int i = at; i < at + TAR_BLOCK; i++) {
                    sum += image[i] & 0xFF;
                }
                byte[] text = String.format("%06o\0 ", sum).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                System.arraycopy(text, 0, image, at + 148, 8);
            }
        }
        return image;
    }
}

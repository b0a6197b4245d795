package dev.mayfly.archives;

import java.util.Random;

/** Text that hardly compresses. */
final class Noise {

    private Noise() {}

    static String of(int length, int seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            text.append((char) (' ' + random.nextInt(90)));
        }
        return text.toString();
    }
}

package dev.mayfly.differential;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The choices that a generator makes: at random, or as given. They are all that its output depends on, so what they
 * lead to is repeated by repeating them, and made simpler by making them fewer and smaller: zero is always the simplest.
 */
final class Choices {

    private final @Nullable SplittableRandom random;
    private long[] made;
    private int count;
    private int given;

    private Choices(@Nullable SplittableRandom random, long[] given) {
        this.random = random;
        this.made = given;
        this.given = given.length;
    }

    static Choices random(long seed) {
        return new Choices(new SplittableRandom(seed), new long[0]);
    }

    /** These, and zero from there on. */
    static Choices of(long[] given) {
        return new Choices(null, given.clone());
    }

    /** All that were made so far. */
    long[] made() {
        return Arrays.copyOf(made, count);
    }

    /** Any 64 bits. */
    long bits() {
        if (count >= given) {
            if (count == made.length) {
                made = Arrays.copyOf(made, Math.max(64, 2 * count));
            }
            made[count] = random == null ? 0 : random.nextLong();
        }
        return made[count++];
    }

    /** From zero, less than a limit. */
    int below(int limit) {
        return (int) Long.remainderUnsigned(bits(), limit);
    }

    /** Whether, so often out of a hundred times; the simplest is not. */
    boolean percent(int often) {
        return 99 - below(100) < often;
    }

    <T> T pick(List<T> from) {
        return from.get(below(from.size()));
    }

    int pick(int... from) {
        return from[below(from.length)];
    }
}

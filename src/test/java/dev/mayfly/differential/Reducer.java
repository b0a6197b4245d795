package dev.mayfly.differential;

import java.util.Arrays;
import java.util.function.Predicate;

/** Makes choices fewer and smaller, as long as what they lead to keeps a property. */
final class Reducer {

    private final Predicate<long[]> property;
    private int attempts;

    /**
     * @param property of the choices; is not to throw
     * @param attempts how often to try
     */
    Reducer(Predicate<long[]> property, int attempts) {
        this.property = property;
        this.attempts = attempts;
    }

    long[] reduce(long[] choices) {
        long[] smallest = choices;
        for (int size = Math.max(1, choices.length / 2); size > 0; size /= 2) {
            long[] before;
            do {
                before = smallest;
                for (int at = before.length - size; at >= 0; at -= size) {
                    smallest = withoutOrZero(smallest, at, size);
                }
            } while (smallest != before && attempts > 0);
        }
        return smallest;
    }

    private long[] withoutOrZero(long[] choices, int at, int size) {
        if (at + size > choices.length || attempts <= 0) {
            return choices;
        }
        long[] without = new long[choices.length - size];
        System.arraycopy(choices, 0, without, 0, at);
        System.arraycopy(choices, at + size, without, at, choices.length - at - size);
        if (holds(without)) {
            return without;
        }
        if (Arrays.stream(choices, at, at + size).allMatch(choice -> choice == 0)) {
            return choices;
        }
        long[] zero = choices.clone();
        Arrays.fill(zero, at, at + size, 0);
        return holds(zero) ? zero : choices;
    }

    private boolean holds(long[] choices) {
        attempts--;
        return property.test(choices);
    }
}

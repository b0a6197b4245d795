package dev.mayfly.cluster;

/**
 * Which numbers were used, of the last {@value #SIZE} up to the highest: a bit for each, as IPsec does (RFC 6479). Thread-safe.
 */
final class ReplayWindow {

    /** How many requests of one sender may overtake another. */
    static final int SIZE = 64 * 1024;

    private static final int BLOCKS = SIZE / Long.SIZE + 1;

    private final long[] used = new long[BLOCKS];
    private long highest;

    /** Uses a number, from 1; false if it was used before, or is too far behind the highest. */
    synchronized boolean use(long number) {
        if (number < 1 || number <= highest - SIZE) {
            return false;
        }
        if (number > highest) {
            clearBetween(highest / Long.SIZE, number / Long.SIZE);
            highest = number;
        }
        int block = (int) (number / Long.SIZE % BLOCKS);
        long bit = 1L << (number % Long.SIZE);
        if ((used[block] & bit) != 0) {
            return false;
        }
        used[block] |= bit;
        return true;
    }

    /** The blocks behind the one, up to the other, now stand for numbers that nobody used. */
    private void clearBetween(long last, long next) {
        long blocks = Math.min(next - last, BLOCKS);
        for (long i = 1; i <= blocks; i++) {
            used[(int) ((last + i) % BLOCKS)] = 0;
        }
    }
}

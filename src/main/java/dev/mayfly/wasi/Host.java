package dev.mayfly.wasi;

import java.util.random.RandomGenerator;

/**
 * What the host lends to one guest.
 *
 * @param clocks what it reads the time from
 * @param random where its random bytes come from; cryptographically strong outside of tests
 * @param patience how long it may stay in system calls
 */
public record Host(Clocks clocks, RandomGenerator random, Patience patience) {}

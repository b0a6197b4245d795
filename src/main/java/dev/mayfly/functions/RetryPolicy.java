package dev.mayfly.functions;

/**
 * How often, and for how long, an asynchronous invocation is tried that fails.
 *
 * @param maxAttempts how often it is tried at most, the first time included; from 1
 * @param maxAgeSeconds for how long after it was accepted another try is made
 * @param minBackoffMs the pause before the second attempt; each further one is twice as long
 * @param maxBackoffMs the longest pause between two attempts
 */
public record RetryPolicy(int maxAttempts, int maxAgeSeconds, int minBackoffMs, int maxBackoffMs) {

    /** What a function has that asks for nothing else. */
    public static final RetryPolicy DEFAULT = new RetryPolicy(3, 24 * 60 * 60, 1000, 60_000);
}

package dev.mayfly.asynchronous.queue;

/**
 * A line that was locked.
 *
 * @param function whose invocations stand in it
 * @param turn when it is served, in relation to other lines
 */
record Line(String function, long turn) {}

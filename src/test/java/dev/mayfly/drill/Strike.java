package dev.mayfly.drill;

import java.time.Instant;

/**
 * A fault that was.
 *
 * @param began when the first thing broke
 * @param ended when everything was repaired
 * @param victim the node that was hit, empty if there is no one
 * @param seen what the fault itself found out, for the report
 */
record Strike(Instant began, Instant ended, String victim, String seen) {}

/**
 * Every kind of problem that a response can report (RFC 9457), in one place, because their types are a promise to
 * clients.
 */
@NullMarked
package dev.mayfly.problems;

import org.jspecify.annotations.NullMarked;

/** Invocations that nobody waits for: accepted once, and from then on never lost. */
@NullMarked
package dev.mayfly.asynchronous;

import org.jspecify.annotations.NullMarked;

/** Invoking functions: over REST, through the HTTP gateway, and the records of what happened. */
@NullMarked
package dev.mayfly.invocations;

import org.jspecify.annotations.NullMarked;

/** The records of what was invoked and what came of it, kept off the invocation's path. */
@NullMarked
package dev.mayfly.invocations.records;

import org.jspecify.annotations.NullMarked;

/** The records of what was invoked and what came of it, kept off the invocation's path. */
@NullMarked
@NamedInterface("records")
package dev.mayfly.invocations.records;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;

/** The byte streams between a request and its instance, all of them bounded. */
@NullMarked
@NamedInterface("streams")
package dev.mayfly.invocations.streams;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;

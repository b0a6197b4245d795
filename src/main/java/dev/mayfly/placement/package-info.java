/** Has workers run invocations: finds them, knows how they are, chooses one for each invocation, and speaks to it. */
@NullMarked
package dev.mayfly.placement;

import org.jspecify.annotations.NullMarked;

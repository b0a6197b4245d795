/** Has workers run invocations: finds them, knows how they are, chooses one for each invocation, and speaks to it. */
@NullMarked
@ConditionalOnRole(NodeRole.CONTROL_PLANE)
package dev.mayfly.placement;

import dev.mayfly.roles.ConditionalOnRole;
import dev.mayfly.roles.NodeRole;
import org.jspecify.annotations.NullMarked;

/** Invocations that nobody waits for: accepted once, and from then on never lost. */
@NullMarked
@ConditionalOnRole({NodeRole.ALL, NodeRole.CONTROL_PLANE})
package dev.mayfly.asynchronous;

import dev.mayfly.roles.ConditionalOnRole;
import dev.mayfly.roles.NodeRole;
import org.jspecify.annotations.NullMarked;

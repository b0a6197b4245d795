/** The records of what was invoked and what came of it, kept off the invocation's path. */
@NullMarked
@ConditionalOnRole({NodeRole.ALL, NodeRole.CONTROL_PLANE})
@NamedInterface("records")
package dev.mayfly.invocations.records;

import dev.mayfly.roles.ConditionalOnRole;
import dev.mayfly.roles.NodeRole;
import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;

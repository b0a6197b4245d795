/** The worker: executes orders of control planes. */
@NullMarked
@ConditionalOnRole(NodeRole.WORKER)
package dev.mayfly.workers;

import dev.mayfly.roles.ConditionalOnRole;
import dev.mayfly.roles.NodeRole;
import org.jspecify.annotations.NullMarked;

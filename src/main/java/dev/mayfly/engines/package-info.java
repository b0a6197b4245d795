/** Chooses the engine that runs instances, by configuration and by what the machine can do. */
@NullMarked
@ConditionalOnRole({NodeRole.ALL, NodeRole.WORKER})
package dev.mayfly.engines;

import dev.mayfly.roles.ConditionalOnRole;
import dev.mayfly.roles.NodeRole;
import org.jspecify.annotations.NullMarked;

/** The database: an embedded one below the data directory unless another is configured. */
@NullMarked
@ConditionalOnRole({NodeRole.ALL, NodeRole.CONTROL_PLANE})
package dev.mayfly.persistence;

import dev.mayfly.roles.ConditionalOnRole;
import dev.mayfly.roles.NodeRole;
import org.jspecify.annotations.NullMarked;

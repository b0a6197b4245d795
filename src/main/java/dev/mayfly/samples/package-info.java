/** Functions that a fresh installation comes with, and the greeting that shows how to call one. */
@NullMarked
@ConditionalOnRole({NodeRole.ALL, NodeRole.CONTROL_PLANE})
package dev.mayfly.samples;

import dev.mayfly.roles.ConditionalOnRole;
import dev.mayfly.roles.NodeRole;
import org.jspecify.annotations.NullMarked;

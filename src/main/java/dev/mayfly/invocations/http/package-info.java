/** Invoking over HTTP: the REST endpoints and the gateway. */
@NullMarked
@ConditionalOnRole({NodeRole.ALL, NodeRole.CONTROL_PLANE})
package dev.mayfly.invocations.http;

import dev.mayfly.roles.ConditionalOnRole;
import dev.mayfly.roles.NodeRole;
import org.jspecify.annotations.NullMarked;

/** The connections that requests come by: whether the client at the other end is still there, and who looks. */
@NullMarked
@NamedInterface("connections")
package dev.mayfly.invocations.connections;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;

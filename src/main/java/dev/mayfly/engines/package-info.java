/** Chooses the engine that runs instances, by configuration and by what the machine can do. */
@NullMarked
package dev.mayfly.engines;

import org.jspecify.annotations.NullMarked;

/** Content-addressed storage of modules and other uploads. */
@NullMarked
package dev.mayfly.artifacts;

import org.jspecify.annotations.NullMarked;

/** Content-addressed storage of uploaded modules. */
@NullMarked
package dev.mayfly.artifacts;

import org.jspecify.annotations.NullMarked;

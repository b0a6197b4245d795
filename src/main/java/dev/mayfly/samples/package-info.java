/** Functions that a fresh installation comes with, and the greeting that shows how to call one. */
@NullMarked
package dev.mayfly.samples;

import org.jspecify.annotations.NullMarked;

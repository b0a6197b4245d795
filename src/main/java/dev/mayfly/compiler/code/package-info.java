/** Machine code as the compiler hands it over: bytes to be placed, what in them depends on the place, and what they stem from. */
@NullMarked
package dev.mayfly.compiler.code;

import org.jspecify.annotations.NullMarked;

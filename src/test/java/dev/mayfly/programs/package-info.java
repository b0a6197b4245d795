/** The platform as a whole, running programs that somebody else wrote. */
@NullMarked
package dev.mayfly.programs;

import org.jspecify.annotations.NullMarked;

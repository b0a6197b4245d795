/** What the compiler does to a function between the frontend and the choice of machine instructions, one class each. */
@NullMarked
package dev.mayfly.compiler.passes;

import org.jspecify.annotations.NullMarked;

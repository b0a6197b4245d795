/** Executes the intermediate representation as it is: what machine code is compared with, and what proves frontend and passes without any. */
@NullMarked
package dev.mayfly.compiler.interpreter;

import org.jspecify.annotations.NullMarked;

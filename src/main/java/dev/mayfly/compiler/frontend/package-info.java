/** From a validated function body to the compiler's intermediate representation. */
@NullMarked
package dev.mayfly.compiler.frontend;

import org.jspecify.annotations.NullMarked;

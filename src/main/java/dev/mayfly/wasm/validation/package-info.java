/** Validates modules and function bodies in one pass (core specification 2.0, chapter 3 and appendix A.3). */
@NullMarked
package dev.mayfly.wasm.validation;

import org.jspecify.annotations.NullMarked;

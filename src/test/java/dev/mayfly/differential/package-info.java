/** Compiled code in the micro-VM against other ways to run the same module: each must see the same. */
@NullMarked
package dev.mayfly.differential;

import org.jspecify.annotations.NullMarked;

/** A cluster of real processes on this machine, the faults that it must survive, and the account of what came of each request. */
@NullMarked
package dev.mayfly.drill;

import org.jspecify.annotations.NullMarked;

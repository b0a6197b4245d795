/** Benchmarks of compiling, and of what the compiler makes, next to others' in the same run. */
@NullMarked
package dev.mayfly.performance;

import org.jspecify.annotations.NullMarked;

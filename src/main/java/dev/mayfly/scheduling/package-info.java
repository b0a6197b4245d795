/** Where and when an invocation runs: admission, queue and slots. */
@NullMarked
package dev.mayfly.scheduling;

import org.jspecify.annotations.NullMarked;

/** Where and when an invocation runs: admission, queue and slots. Knows nothing of what it runs. */
@NullMarked
package dev.mayfly.scheduling;

import org.jspecify.annotations.NullMarked;

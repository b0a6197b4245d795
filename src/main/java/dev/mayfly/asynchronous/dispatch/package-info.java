/** Takes invocations from the durable queue, has them run, and writes down what came of them. */
@NullMarked
package dev.mayfly.asynchronous.dispatch;

import org.jspecify.annotations.NullMarked;

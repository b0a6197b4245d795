/** Delivers results of asynchronous invocations to those who asked to be called back, where the operator allows it. */
@NullMarked
package dev.mayfly.callbacks;

import org.jspecify.annotations.NullMarked;

/** The durable queue: the tables of asynchronous invocations, and every change that is made to them. */
@NullMarked
package dev.mayfly.asynchronous.queue;

import org.jspecify.annotations.NullMarked;

/** Asynchronous invocations over HTTP. */
@NullMarked
package dev.mayfly.asynchronous.http;

import org.jspecify.annotations.NullMarked;

/** Invoking over HTTP: the REST endpoints and the gateway. */
@NullMarked
package dev.mayfly.invocations.http;

import org.jspecify.annotations.NullMarked;

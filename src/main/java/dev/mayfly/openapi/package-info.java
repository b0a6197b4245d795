/** The description of the HTTP API that clients can read. */
@NullMarked
package dev.mayfly.openapi;

import org.jspecify.annotations.NullMarked;

/** Mayfly: functions as a service for WebAssembly. Each capability has a package of its own below. */
@NullMarked
package dev.mayfly;

import org.jspecify.annotations.NullMarked;

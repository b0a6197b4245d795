@NullMarked
package dev.mayfly.invocations.streams;

import org.jspecify.annotations.NullMarked;

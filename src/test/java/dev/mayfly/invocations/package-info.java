@NullMarked
package dev.mayfly.invocations;

import org.jspecify.annotations.NullMarked;

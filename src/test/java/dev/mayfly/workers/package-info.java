@NullMarked
package dev.mayfly.workers;

import org.jspecify.annotations.NullMarked;

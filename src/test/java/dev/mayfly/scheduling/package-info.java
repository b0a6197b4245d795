@NullMarked
package dev.mayfly.scheduling;

import org.jspecify.annotations.NullMarked;

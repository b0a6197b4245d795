@NullMarked
package dev.mayfly.samples;

import org.jspecify.annotations.NullMarked;

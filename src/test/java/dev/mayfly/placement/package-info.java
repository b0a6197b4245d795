@NullMarked
package dev.mayfly.placement;

import org.jspecify.annotations.NullMarked;

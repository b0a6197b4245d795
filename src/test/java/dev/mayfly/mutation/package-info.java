@NullMarked
package dev.mayfly.mutation;

import org.jspecify.annotations.NullMarked;

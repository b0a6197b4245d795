@NullMarked
package dev.mayfly.access;

import org.jspecify.annotations.NullMarked;

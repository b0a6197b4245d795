/** Lays out a compiled module at the addresses where a guest sees it, ready to run. */
@NullMarked
package dev.mayfly.image;

import org.jspecify.annotations.NullMarked;

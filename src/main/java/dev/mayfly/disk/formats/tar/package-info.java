/** Reads tar archives. */
@NullMarked
package dev.mayfly.disk.formats.tar;

import org.jspecify.annotations.NullMarked;

/** Reads from images whose every number may be a lie. */
@NullMarked
package dev.mayfly.disk.formats.input;

import org.jspecify.annotations.NullMarked;

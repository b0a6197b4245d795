/** Reads squashfs 4.0. */
@NullMarked
package dev.mayfly.disk.formats.squashfs;

import org.jspecify.annotations.NullMarked;

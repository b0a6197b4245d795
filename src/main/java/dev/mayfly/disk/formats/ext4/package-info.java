/** Reads ext2, ext3 and ext4. */
@NullMarked
package dev.mayfly.disk.formats.ext4;

import org.jspecify.annotations.NullMarked;

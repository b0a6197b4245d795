/** Makes disks of what is uploaded: finds out which format an image has, and has it read by the reader for that. */
@NullMarked
package dev.mayfly.disk.formats;

import org.jspecify.annotations.NullMarked;

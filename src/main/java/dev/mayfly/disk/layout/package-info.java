/**
 * The one form in which disks are kept, whatever they were uploaded as: contents uncompressed, names sorted, so that it
 * is read as it is. A {@link dev.mayfly.disk.layout.DiskWriter} lays a tree out, a {@link
 * dev.mayfly.disk.layout.StoredDisk} reads it.
 */
@NullMarked
package dev.mayfly.disk.layout;

import org.jspecify.annotations.NullMarked;

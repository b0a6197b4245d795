/** Disks: uploaded, kept by digest in the form that they are read in, and open for instances. */
@NullMarked
package dev.mayfly.disks;

import org.jspecify.annotations.NullMarked;

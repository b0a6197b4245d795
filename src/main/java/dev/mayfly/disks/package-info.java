/** Disks: uploaded, kept by digest in the form that they are mapped in, and mapped for instances. */
@NullMarked
package dev.mayfly.disks;

import org.jspecify.annotations.NullMarked;

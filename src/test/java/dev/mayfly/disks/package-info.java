/** Tests of disks as the platform has them. */
@NullMarked
package dev.mayfly.disks;

import org.jspecify.annotations.NullMarked;

/** File systems of instances: private, in memory and within a quota, with room for a read-only layer below. */
@NullMarked
package dev.mayfly.disk;

import org.jspecify.annotations.NullMarked;

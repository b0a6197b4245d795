/**
 * Archives of what instances changed in their files: packed when an instance has ended, kept for a while, given out. Users
 * call them artifacts.
 */
@NullMarked
package dev.mayfly.archives;

import org.jspecify.annotations.NullMarked;

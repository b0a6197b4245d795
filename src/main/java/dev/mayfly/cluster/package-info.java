/** What control planes and workers say to each other, and how each knows that it is the other. */
@NullMarked
package dev.mayfly.cluster;

import org.jspecify.annotations.NullMarked;

/**
 * The port between scheduling and engines: what it takes to run one instance, and what comes of it. An {@link
 * dev.mayfly.sandbox.Engine} turns a validated module into an {@link dev.mayfly.sandbox.ExecutableModule}; each {@link
 * dev.mayfly.sandbox.ExecutableModule#run run} makes a fresh instance, runs it to its end on the calling thread, and
 * leaves nothing of it behind.
 */
@NullMarked
package dev.mayfly.sandbox;

import org.jspecify.annotations.NullMarked;

/**
 * Runs instances in micro-VMs: {@code compiler} and {@code image} make a module executable, {@code vmm} runs it, and this
 * package connects them to the port that the platform knows. See {@code docs/sandbox.md}.
 */
@NullMarked
package dev.mayfly.sandbox.microvm;

import org.jspecify.annotations.NullMarked;

/**
 * The compiler: validated function bodies to machine code. {@code frontend} turns a body into the representation of
 * {@code ssa}, {@code passes} improve it, {@code x64} and {@code regalloc} turn it into what {@code code} describes.
 */
@NullMarked
package dev.mayfly.compiler;

import org.jspecify.annotations.NullMarked;

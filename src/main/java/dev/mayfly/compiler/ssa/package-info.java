/**
 * The compiler's intermediate representation: a function in static single assignment form, whose blocks have parameters
 * instead of phi instructions. Values, instructions, blocks and edges are numbers; what is known of them is kept in one
 * table of primitive arrays each ({@link dev.mayfly.compiler.ssa.Values}, {@link dev.mayfly.compiler.ssa.Instructions},
 * {@link dev.mayfly.compiler.ssa.Blocks}, {@link dev.mayfly.compiler.ssa.Edges}), which a {@link
 * dev.mayfly.compiler.ssa.Function} holds together.
 */
@NullMarked
package dev.mayfly.compiler.ssa;

import org.jspecify.annotations.NullMarked;

/**
 * Machine code for x86-64: lowering of SSA form to machine instructions over virtual registers, and the encoding of what
 * register allocation makes of them. Described in {@code docs/compiler-backend.md}.
 */
@NullMarked
package dev.mayfly.compiler.x64;

import org.jspecify.annotations.NullMarked;

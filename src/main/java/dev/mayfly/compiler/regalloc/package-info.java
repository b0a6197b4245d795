/**
 * Linear-scan register allocation for any target: it sees a function only through {@link
 * dev.mayfly.compiler.regalloc.Function}, {@link dev.mayfly.compiler.regalloc.Block} and {@link
 * dev.mayfly.compiler.regalloc.Instruction}, and answers with an {@link dev.mayfly.compiler.regalloc.Allocation}.
 */
@NullMarked
package dev.mayfly.compiler.regalloc;

import org.jspecify.annotations.NullMarked;

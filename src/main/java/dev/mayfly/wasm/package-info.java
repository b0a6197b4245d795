/** The WebAssembly module model: what a binary says, as immutable records. Everything but the instructions of function bodies, which are streamed and never kept. */
@NullMarked
package dev.mayfly.wasm;

import org.jspecify.annotations.NullMarked;

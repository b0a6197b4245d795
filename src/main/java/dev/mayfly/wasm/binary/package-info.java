/** Decodes the WebAssembly binary format (core specification 2.0, chapter 5), streaming, one function body at a time. */
@NullMarked
package dev.mayfly.wasm.binary;

import org.jspecify.annotations.NullMarked;

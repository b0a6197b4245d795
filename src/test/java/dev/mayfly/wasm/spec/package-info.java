/** The official test scripts of the WebAssembly specification, as data for tests. */
@NullMarked
package dev.mayfly.wasm.spec;

import org.jspecify.annotations.NullMarked;

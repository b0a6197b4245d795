/** The engine where there is no hypervisor: Wasmtime in this process. */
@NullMarked
package dev.mayfly.sandbox.wasmtime;

import org.jspecify.annotations.NullMarked;

/** The WASI preview 1 host: system calls over checked guest memory, a class per family, independent of the engine that runs the guest. */
@NullMarked
package dev.mayfly.wasi;

import org.jspecify.annotations.NullMarked;

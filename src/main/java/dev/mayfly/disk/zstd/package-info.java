/** Unpacks Zstandard (RFC 8878), in memory-safe Java: what comes in is hostile. */
@NullMarked
package dev.mayfly.disk.zstd;

import org.jspecify.annotations.NullMarked;

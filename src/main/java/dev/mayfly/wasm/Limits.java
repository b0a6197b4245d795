package dev.mayfly.wasm;

import java.util.OptionalLong;

/**
 * Size limits of a memory, in pages of 64 KiB, or of a table, in elements (core specification 2.0, section 2.3.7).
 *
 * @param minimum the initial size, an unsigned 32-bit number
 * @param maximum the size it may grow to, an unsigned 32-bit number, if the module declares one
 */
public record Limits(long minimum, OptionalLong maximum) {}

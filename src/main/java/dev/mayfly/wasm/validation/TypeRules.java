package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.InvalidModuleException;
import dev.mayfly.wasm.Limits;

/** Rules for types (core specification 2.0, section 3.2). */
final class TypeRules {

    private static final long MEMORY_PAGES = 1 << 16;

    private TypeRules() {}

    static void check(ExternalType.Memory memory, long offset) throws InvalidModuleException {
        Limits limits = memory.limits();
        if (limits.minimum() > MEMORY_PAGES || limits.maximum().orElse(0) > MEMORY_PAGES) {
            throw new InvalidModuleException("memory size must be at most 65536 pages (4GiB)", offset);
        }
        check(limits, offset);
    }

    static void check(ExternalType.Table table, long offset) throws InvalidModuleException {
        check(table.limits(), offset);
    }

    private static void check(Limits limits, long offset) throws InvalidModuleException {
        if (limits.minimum() > limits.maximum().orElse(Long.MAX_VALUE)) {
            throw new InvalidModuleException("size minimum must not be greater than maximum", offset);
        }
    }
}

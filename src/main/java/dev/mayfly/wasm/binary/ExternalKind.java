package dev.mayfly.wasm.binary;

import org.jspecify.annotations.Nullable;

/** The kinds of things that are imported and exported, in the order of their codes (core specification 2.0, 5.5.10). */
public enum ExternalKind {
    FUNCTION,
    TABLE,
    MEMORY,
    GLOBAL;

    private static final ExternalKind[] BY_CODE = values();

    static @Nullable ExternalKind of(int code) {
        return code < BY_CODE.length ? BY_CODE[code] : null;
    }
}

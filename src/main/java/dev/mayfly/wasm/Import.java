package dev.mayfly.wasm;

/**
 * Something a module needs from its host (core specification 2.0, section 2.5.11).
 *
 * @param offset where in the binary the import stands, in bytes from its start
 */
public record Import(String module, String name, ExternalType type, long offset) {}

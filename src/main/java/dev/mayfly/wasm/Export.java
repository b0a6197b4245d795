package dev.mayfly.wasm;

/**
 * Something a module offers to its host (core specification 2.0, section 2.5.10).
 *
 * @param index the index of the exported thing in the index space of its kind, imports first
 */
public record Export(String name, ExternalType type, int index) {}

package dev.mayfly.image;

import java.util.OptionalInt;

/**
 * Which WebAssembly code an instruction stems from.
 *
 * @param function its index in the module's function index space
 * @param offset where the WebAssembly instruction begins, in bytes from the start of the module; empty if the
 *     instruction is not one of those at which a function can stop
 */
public record CodePosition(int function, OptionalInt offset) {}

package dev.mayfly.sandbox;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * A frame of a WebAssembly backtrace.
 *
 * @param functionIndex in the module's function index space
 * @param functionName from the module's name section
 * @param offset of the instruction, in bytes from the start of the binary, where the engine knows it
 */
public record Frame(int functionIndex, Optional<String> functionName, OptionalLong offset) {}

package dev.mayfly.wasm.binary;

/**
 * The body of a function (core specification 2.0, section 5.5.13).
 *
 * @param number among the bodies of the module: 0 belongs to the first function that is not imported
 * @param offset where it begins in the binary, behind its size
 * @param size in bytes
 * @param locals what it declares besides the parameters; good until the next body is read
 * @param instructions at the first instruction
 */
public record FunctionBody(int number, long offset, int size, Locals locals, InstructionReader instructions) {}

package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.ModuleException;
import java.io.IOException;

/**
 * The body of a function (core specification 2.0, section 5.5.13).
 *
 * @param number among the bodies of the module: 0 belongs to the first function that is not imported
 * @param offset where it begins in the binary, behind its size
 * @param size in bytes
 * @param locals what it declares besides the parameters; good until the next body is read
 * @param instructions at the first instruction
 */
public record FunctionBody(int number, long offset, int size, Locals locals, InstructionReader instructions) {

    /**
     * Reads a body that is in memory.
     *
     * @param bytes the whole body, local declarations first
     * @param offset of its first byte in the binary
     */
    public static FunctionBody of(int number, byte[] bytes, long offset, BinaryLimits limits)
            throws IOException, ModuleException {
        BinaryReader in = new BinaryReader(bytes, offset);
        Locals locals = new Locals();
        locals.read(in, limits.locals());
        InstructionReader instructions = new InstructionReader(in, limits);
        instructions.begin(true);
        return new FunctionBody(number, offset, bytes.length, locals, instructions);
    }
}

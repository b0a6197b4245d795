package dev.mayfly.compiler.frontend;

import dev.mayfly.wasm.ModuleException;
import dev.mayfly.wasm.binary.Opcode;

/** Translates the instructions of a family where control can reach them. */
interface Translator {

    /** Translates the instruction that was just read. */
    void translate(Opcode opcode) throws ModuleException;
}

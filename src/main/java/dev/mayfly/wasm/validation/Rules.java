package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.InvalidModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import dev.mayfly.wasm.binary.Opcode;

/** The typing rules of one family of instructions. */
interface Rules {

    /** Checks an instruction, whose immediates the instruction reader has, and does to the stacks what it does. */
    void apply(Opcode opcode) throws InvalidModuleException, ModuleLimitException;
}

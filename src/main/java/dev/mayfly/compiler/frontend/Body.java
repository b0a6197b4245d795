package dev.mayfly.compiler.frontend;

import dev.mayfly.compiler.ssa.FunctionBuilder;
import dev.mayfly.wasm.binary.InstructionReader;

/**
 * What the translators of one function's body share.
 *
 * @param builder appends to the block that is being translated
 * @param operands the operand stack
 * @param variables the locals
 * @param instructions stands behind the instruction that is being translated, and knows its immediates
 */
record Body(
        ModuleEnvironment environment,
        FunctionBuilder builder,
        Operands operands,
        Variables variables,
        InstructionReader instructions) {}

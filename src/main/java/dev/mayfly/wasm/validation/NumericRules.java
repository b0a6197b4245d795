package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.InvalidModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import dev.mayfly.wasm.binary.Opcode;

/** Numeric instructions (core specification 2.0, section 3.3.1): each has one type. */
record NumericRules(OperandStack operands) implements Rules {

    @Override
    public void apply(Opcode opcode) throws InvalidModuleException, ModuleLimitException {
        operands.apply(FixedTypes.of(opcode));
    }
}

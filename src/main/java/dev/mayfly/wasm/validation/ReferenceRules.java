package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.InvalidModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import dev.mayfly.wasm.ValueType;
import dev.mayfly.wasm.binary.InstructionReader;
import dev.mayfly.wasm.binary.Opcode;

/** Reference instructions (core specification 2.0, section 3.3.2). */
record ReferenceRules(ModuleContext module, InstructionReader instructions, OperandStack operands) implements Rules {

    private static final byte I32 = Signature.code(ValueType.I32);
    private static final byte FUNCREF = Signature.code(ValueType.FUNCREF);
    private static final byte EXTERNREF = Signature.code(ValueType.EXTERNREF);

    @Override
    public void apply(Opcode opcode) throws InvalidModuleException, ModuleLimitException {
        switch (opcode) {
            case REF_NULL -> operands.push(Signature.code(instructions.referenceType()));
            case REF_IS_NULL -> isNull();
            default -> function();
        }
    }

    private void isNull() throws InvalidModuleException, ModuleLimitException {
        byte type = operands.pop();
        if (type != FUNCREF && type != EXTERNREF && type != OperandStack.UNKNOWN) {
            throw operands.mismatch("a reference", Signature.name(type));
        }
        operands.push(I32);
    }

    private void function() throws InvalidModuleException, ModuleLimitException {
        int function = instructions.index();
        module.checkFunction(function, instructions.offset());
        if (!module.isDeclared(function)) {
            throw new InvalidModuleException("undeclared function reference", instructions.offset());
        }
        operands.push(FUNCREF);
    }
}

package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.InvalidModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import dev.mayfly.wasm.ValueType;
import dev.mayfly.wasm.binary.InstructionReader;
import dev.mayfly.wasm.binary.Opcode;

/** Parametric instructions (core specification 2.0, section 3.3.4). */
record ParametricRules(InstructionReader instructions, OperandStack operands) implements Rules {

    private static final byte I32 = Signature.code(ValueType.I32);
    private static final byte FUNCREF = Signature.code(ValueType.FUNCREF);
    private static final byte EXTERNREF = Signature.code(ValueType.EXTERNREF);

    @Override
    public void apply(Opcode opcode) throws InvalidModuleException, ModuleLimitException {
        switch (opcode) {
            case DROP -> operands.pop();
            case SELECT -> select();
            default -> selectTyped();
        }
    }

    /** Both operands have the same type, which is no reference type. */
    private void select() throws InvalidModuleException, ModuleLimitException {
        operands.pop(I32);
        byte second = popNumber();
        byte first = popNumber();
        if (first != second && first != OperandStack.UNKNOWN && second != OperandStack.UNKNOWN) {
            throw operands.mismatch(Signature.name(first), Signature.name(second));
        }
        operands.push(first == OperandStack.UNKNOWN ? second : first);
    }

    private byte popNumber() throws InvalidModuleException {
        byte type = operands.pop();
        if (type == FUNCREF || type == EXTERNREF) {
            throw operands.mismatch("a number or vector", Signature.name(type));
        }
        return type;
    }

    private void selectTyped() throws InvalidModuleException, ModuleLimitException {
        if (instructions.typeCount() != 1) {
            throw new InvalidModuleException("invalid result arity", instructions.offset());
        }
        byte type = Signature.code(instructions.type(0));
        operands.pop(I32);
        operands.pop(type);
        operands.pop(type);
        operands.push(type);
    }
}

package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.InvalidModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import dev.mayfly.wasm.ValueType;
import dev.mayfly.wasm.binary.InstructionReader;
import dev.mayfly.wasm.binary.Opcode;

/** Table instructions (core specification 2.0, section 3.3.6). */
record TableRules(ModuleContext module, InstructionReader instructions, OperandStack operands) implements Rules {

    private static final byte I32 = Signature.code(ValueType.I32);

    @Override
    public void apply(Opcode opcode) throws InvalidModuleException, ModuleLimitException {
        int index = instructions.index();
        switch (opcode) {
            case TABLE_GET -> {
                byte type = type(index);
                operands.pop(I32);
                operands.push(type);
            }
            case TABLE_SET -> {
                operands.pop(type(index));
                operands.pop(I32);
            }
            case TABLE_SIZE -> {
                type(index);
                operands.push(I32);
            }
            case TABLE_GROW -> {
                byte type = type(index);
                operands.pop(I32);
                operands.pop(type);
                operands.push(I32);
            }
            case TABLE_FILL -> {
                byte type = type(index);
                operands.pop(I32);
                operands.pop(type);
                operands.pop(I32);
            }
            case TABLE_COPY -> copy(type(index), type(instructions.secondIndex()));
            case TABLE_INIT -> copy(type(instructions.secondIndex()), elementType(index));
            default -> elementType(index); // elem.drop
        }
    }

    private byte type(int table) throws InvalidModuleException {
        return Signature.code(module.table(table, instructions.offset()).elementType());
    }

    private byte elementType(int segment) throws InvalidModuleException {
        return Signature.code(module.elementType(segment, instructions.offset()));
    }

    private void copy(byte target, byte source) throws InvalidModuleException {
        if (target != source) {
            throw operands.mismatch(Signature.name(target), Signature.name(source));
        }
        operands.pop(I32);
        operands.pop(I32);
        operands.pop(I32);
    }
}

package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.InvalidModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import dev.mayfly.wasm.ValueType;
import dev.mayfly.wasm.binary.BlockType;
import dev.mayfly.wasm.binary.InstructionReader;
import dev.mayfly.wasm.binary.Opcode;

/** Control instructions (core specification 2.0, section 3.3.8). */
record ControlRules(ModuleContext module, InstructionReader instructions, OperandStack operands, ControlStack control)
        implements Rules {

    private static final byte I32 = Signature.code(ValueType.I32);

    @Override
    public void apply(Opcode opcode) throws InvalidModuleException, ModuleLimitException {
        switch (opcode) {
            case UNREACHABLE -> control.die();
            case NOP -> {}
            case BLOCK, LOOP -> control.open(opcode, blockType());
            case IF -> {
                operands.pop(I32);
                control.open(opcode, blockType());
            }
            case ELSE -> control.otherwise();
            case END -> control.close();
            case BR -> leave(control.label(instructions.index()));
            case BR_IF -> branchIf(control.label(instructions.index()));
            case BR_TABLE -> branchTable();
            case RETURN -> leave(control.functionResults());
            case CALL -> call(module.function(instructions.index(), instructions.offset()));
            default -> callIndirect();
        }
    }

    private Signature blockType() throws InvalidModuleException {
        BlockType type = instructions.blockType();
        return type.typeIndex() == -1
                ? Signature.ofResult(type.result())
                : module.type(type.typeIndex(), instructions.offset());
    }

    private void leave(byte[] types) throws InvalidModuleException {
        operands.pop(types);
        control.die();
    }

    private void branchIf(byte[] types) throws InvalidModuleException, ModuleLimitException {
        operands.pop(I32);
        operands.pop(types);
        operands.push(types);
    }

    private void branchTable() throws InvalidModuleException {
        operands.pop(I32);
        byte[] otherwise = control.label(instructions.index());
        byte[] checked = otherwise;
        for (int i = 0; i < instructions.labelCount(); i++) {
            byte[] types = control.label(instructions.label(i));
            if (types == checked) {
                continue;
            }
            if (types.length != otherwise.length) {
                throw operands.mismatch(
                        "labels that take " + otherwise.length + " operands", "one that takes " + types.length);
            }
            operands.check(types);
            checked = types;
        }
        leave(otherwise);
    }

    private void call(Signature function) throws InvalidModuleException, ModuleLimitException {
        operands.pop(function.parameters());
        operands.push(function.results());
    }

    private void callIndirect() throws InvalidModuleException, ModuleLimitException {
        ValueType elements =
                module.table(instructions.secondIndex(), instructions.offset()).elementType();
        if (elements != ValueType.FUNCREF) {
            throw operands.mismatch(ValueType.FUNCREF.toString(), elements.toString());
        }
        Signature function = module.type(instructions.index(), instructions.offset());
        operands.pop(I32);
        call(function);
    }
}

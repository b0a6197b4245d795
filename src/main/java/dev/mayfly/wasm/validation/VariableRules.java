package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.InvalidModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import dev.mayfly.wasm.binary.InstructionReader;
import dev.mayfly.wasm.binary.Opcode;

/** Variable instructions (core specification 2.0, section 3.3.5). */
record VariableRules(ModuleContext module, LocalTypes locals, InstructionReader instructions, OperandStack operands)
        implements Rules {

    @Override
    public void apply(Opcode opcode) throws InvalidModuleException, ModuleLimitException {
        int index = instructions.index();
        switch (opcode) {
            case LOCAL_GET -> operands.push(local(index));
            case LOCAL_SET -> operands.pop(local(index));
            case LOCAL_TEE -> {
                operands.pop(local(index));
                operands.push(local(index));
            }
            case GLOBAL_GET -> operands.push(Signature.code(global(index).valueType()));
            default -> setGlobal(global(index));
        }
    }

    private byte local(int index) throws InvalidModuleException {
        return locals.get(index, instructions.offset());
    }

    private ExternalType.Global global(int index) throws InvalidModuleException {
        return module.global(index, instructions.offset());
    }

    private void setGlobal(ExternalType.Global global) throws InvalidModuleException {
        if (!global.mutable()) {
            throw new InvalidModuleException("global is immutable", instructions.offset());
        }
        operands.pop(Signature.code(global.valueType()));
    }
}

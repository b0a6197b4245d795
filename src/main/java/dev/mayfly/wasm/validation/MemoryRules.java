package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.InvalidModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import dev.mayfly.wasm.binary.Immediate;
import dev.mayfly.wasm.binary.InstructionReader;
import dev.mayfly.wasm.binary.Opcode;

/** Memory instructions (core specification 2.0, section 3.3.7), loads and stores of vectors among them. */
record MemoryRules(ModuleContext module, InstructionReader instructions, OperandStack operands) implements Rules {

    @Override
    public void apply(Opcode opcode) throws InvalidModuleException, ModuleLimitException {
        Immediate immediate = opcode.immediate();
        if (immediate != Immediate.DATA_INDEX) {
            module.checkMemory(0, instructions.offset());
        }
        switch (immediate) {
            case MEMORY_ARGUMENT -> checkAlignment(opcode);
            case MEMORY_ARGUMENT_LANE -> {
                checkAlignment(opcode);
                VectorRules.checkLane(opcode, instructions);
            }
            case DATA_INDEX, DATA_INDEX_MEMORY -> module.checkData(instructions.index(), instructions.offset());
            default -> {}
        }
        operands.apply(FixedTypes.of(opcode));
    }

    private void checkAlignment(Opcode opcode) throws InvalidModuleException {
        if (1L << instructions.alignment() > opcode.width()) {
            throw new InvalidModuleException("alignment must not be larger than natural", instructions.offset());
        }
    }
}

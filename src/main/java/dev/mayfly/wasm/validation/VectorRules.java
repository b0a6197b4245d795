package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.InvalidModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import dev.mayfly.wasm.binary.Immediate;
import dev.mayfly.wasm.binary.InstructionReader;
import dev.mayfly.wasm.binary.Opcode;

/** Vector instructions (core specification 2.0, section 3.3.3): each has one type; lanes must exist. */
record VectorRules(InstructionReader instructions, OperandStack operands) implements Rules {

    private static final long LANE_BITS_OUT_OF_RANGE = 0xE0E0_E0E0_E0E0_E0E0L;

    @Override
    public void apply(Opcode opcode) throws InvalidModuleException, ModuleLimitException {
        if (opcode.immediate() == Immediate.LANE) {
            checkLane(opcode, instructions);
        } else if (opcode.immediate() == Immediate.LANES) {
            checkShuffle();
        }
        operands.apply(FixedTypes.of(opcode));
    }

    static void checkLane(Opcode opcode, InstructionReader instructions) throws InvalidModuleException {
        if (instructions.index() >= opcode.lanes()) {
            throw new InvalidModuleException("invalid lane index", instructions.offset());
        }
    }

    /** Each of the sixteen bytes must be below 32. */
    private void checkShuffle() throws InvalidModuleException {
        long lanes = instructions.constant() | instructions.constantHigh();
        if ((lanes & LANE_BITS_OUT_OF_RANGE) != 0) {
            throw new InvalidModuleException("invalid lane index", instructions.offset());
        }
    }
}

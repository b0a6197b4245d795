package dev.mayfly.compiler.frontend;

import static dev.mayfly.compiler.ssa.Opcode.LOAD;
import static dev.mayfly.compiler.ssa.Opcode.LOAD16_S;
import static dev.mayfly.compiler.ssa.Opcode.LOAD16_U;
import static dev.mayfly.compiler.ssa.Opcode.LOAD32_S;
import static dev.mayfly.compiler.ssa.Opcode.LOAD32_U;
import static dev.mayfly.compiler.ssa.Opcode.LOAD8_S;
import static dev.mayfly.compiler.ssa.Opcode.LOAD8_U;
import static dev.mayfly.compiler.ssa.Opcode.MEMORY_BYTES;
import static dev.mayfly.compiler.ssa.Opcode.SHR_U;
import static dev.mayfly.compiler.ssa.Opcode.STORE;
import static dev.mayfly.compiler.ssa.Opcode.STORE16;
import static dev.mayfly.compiler.ssa.Opcode.STORE32;
import static dev.mayfly.compiler.ssa.Opcode.STORE8;
import static dev.mayfly.compiler.ssa.Opcode.WRAP;

import dev.mayfly.compiler.ssa.Builtin;
import dev.mayfly.compiler.ssa.FunctionBuilder;
import dev.mayfly.compiler.ssa.Type;
import dev.mayfly.wasm.UnsupportedModuleException;
import dev.mayfly.wasm.binary.InstructionReader;
import dev.mayfly.wasm.binary.Opcode;

/** Translates memory instructions (core specification 2.0, section 4.4.7). */
final class MemoryTranslator implements Translator {

    private static final int PAGE_BITS = 16;

    private final FunctionBuilder builder;
    private final Operands operands;
    private final InstructionReader instructions;

    MemoryTranslator(Body body) {
        this.builder = body.builder();
        this.operands = body.operands();
        this.instructions = body.instructions();
    }

    @Override
    public void translate(Opcode opcode) throws UnsupportedModuleException {
        switch (opcode) {
            case I32_LOAD -> load(LOAD, Type.I32);
            case I64_LOAD -> load(LOAD, Type.I64);
            case F32_LOAD -> load(LOAD, Type.F32);
            case F64_LOAD -> load(LOAD, Type.F64);
            case I32_LOAD8_S -> load(LOAD8_S, Type.I32);
            case I32_LOAD8_U -> load(LOAD8_U, Type.I32);
            case I32_LOAD16_S -> load(LOAD16_S, Type.I32);
            case I32_LOAD16_U -> load(LOAD16_U, Type.I32);
            case I64_LOAD8_S -> load(LOAD8_S, Type.I64);
            case I64_LOAD8_U -> load(LOAD8_U, Type.I64);
            case I64_LOAD16_S -> load(LOAD16_S, Type.I64);
            case I64_LOAD16_U -> load(LOAD16_U, Type.I64);
            case I64_LOAD32_S -> load(LOAD32_S, Type.I64);
            case I64_LOAD32_U -> load(LOAD32_U, Type.I64);
            case I32_STORE, I64_STORE, F32_STORE, F64_STORE -> store(STORE);
            case I32_STORE8, I64_STORE8 -> store(STORE8);
            case I32_STORE16, I64_STORE16 -> store(STORE16);
            case I64_STORE32 -> store(STORE32);
            default -> manage(opcode);
        }
    }

    private void manage(Opcode opcode) throws UnsupportedModuleException {
        switch (opcode) {
            case MEMORY_SIZE -> operands.push(pages());
            case MEMORY_GROW -> operands.push(builder.builtin(Builtin.MEMORY_GROW, operands.pop()));
            case MEMORY_COPY -> builder.builtin(Builtin.MEMORY_COPY, operands.pop(3));
            case MEMORY_FILL -> builder.builtin(Builtin.MEMORY_FILL, operands.pop(3));
            case MEMORY_INIT -> {
                int[] range = operands.pop(3);
                builder.builtin(Builtin.MEMORY_INIT, segment(), range[0], range[1], range[2]);
            }
            case DATA_DROP -> builder.builtin(Builtin.DATA_DROP, segment());
            default -> throw Signature.vectorsUnsupported(instructions.offset());
        }
    }

    private void load(dev.mayfly.compiler.ssa.Opcode opcode, Type type) {
        int address = operands.pop();
        operands.push(builder.load(opcode, type, address, instructions.memoryOffset(), instructions.alignment()));
    }

    private void store(dev.mayfly.compiler.ssa.Opcode opcode) {
        int value = operands.pop();
        int address = operands.pop();
        builder.store(opcode, address, value, instructions.memoryOffset(), instructions.alignment());
    }

    private int pages() {
        int bytes = builder.value(Type.I64, MEMORY_BYTES, 0, 0);
        int pages = builder.operate(SHR_U, bytes, builder.constant(Type.I64, PAGE_BITS));
        return builder.convert(WRAP, Type.I32, pages);
    }

    private int segment() {
        return builder.constant(Type.I32, instructions.index());
    }
}

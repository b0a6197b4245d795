package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.InvalidModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import dev.mayfly.wasm.binary.InstructionReader;
import dev.mayfly.wasm.binary.Opcode;
import java.util.Arrays;

/**
 * The open blocks at a point of a function (core specification 2.0, appendix A.3.1), the function itself being the first.
 * Keeps the operand stack at the current block. The decoder limits the depth.
 */
final class ControlStack {

    private final OperandStack operands;
    private final InstructionReader instructions;
    private Opcode[] openers = new Opcode[32];
    private Signature[] signatures = new Signature[32];
    private int[] bases = new int[32];
    private boolean[] dead = new boolean[32];
    private int depth;

    ControlStack(OperandStack operands, InstructionReader instructions) {
        this.operands = operands;
        this.instructions = instructions;
    }

    void clear() {
        depth = 0;
    }

    /** Opens a block: takes its parameters from the block around it and puts them inside. */
    void open(Opcode opener, Signature signature) throws InvalidModuleException, ModuleLimitException {
        operands.pop(signature.parameters());
        enter(opener, signature);
    }

    /** Ends the current block, which must have its results on the stack and nothing else, and returns its opener. */
    private Opcode leave() throws InvalidModuleException {
        int current = depth - 1;
        operands.pop(signatures[current].results());
        operands.checkEmpty();
        depth = current;
        if (depth > 0) {
            operands.frame(bases[depth - 1], dead[depth - 1]);
        }
        return openers[current];
    }

    private void enter(Opcode opener, Signature signature) throws ModuleLimitException {
        if (depth == bases.length) {
            grow();
        }
        openers[depth] = opener;
        signatures[depth] = signature;
        bases[depth] = operands.height();
        dead[depth] = false;
        operands.frame(operands.height(), false);
        depth++;
        operands.push(signature.parameters());
    }

    /** Goes from the first branch of an {@code if} to the second. */
    void otherwise() throws InvalidModuleException, ModuleLimitException {
        leave();
        enter(Opcode.ELSE, signatures[depth]);
    }

    /** Ends the current block and puts its results into the block around it. */
    void close() throws InvalidModuleException, ModuleLimitException {
        Opcode opener = leave();
        Signature signature = signatures[depth];
        // Without an else, what went in comes out.
        if (opener == Opcode.IF && !Arrays.equals(signature.parameters(), signature.results())) {
            throw new InvalidModuleException(
                    "type mismatch: an if without else cannot change the stack", instructions.offset());
        }
        operands.push(signature.results());
    }

    /** The rest of the current block is dead code. */
    void die() {
        operands.die();
        dead[depth - 1] = true;
    }

    /** The types that a branch to a label takes. */
    byte[] label(int label) throws InvalidModuleException {
        if (label < 0 || label >= depth) {
            throw new InvalidModuleException("unknown label " + Integer.toUnsignedString(label), instructions.offset());
        }
        int target = depth - 1 - label;
        Signature signature = signatures[target];
        return openers[target] == Opcode.LOOP ? signature.parameters() : signature.results();
    }

    /** The types that the function returns. */
    byte[] functionResults() {
        return signatures[0].results();
    }

    private void grow() {
        int capacity = depth * 2;
        openers = Arrays.copyOf(openers, capacity);
        signatures = Arrays.copyOf(signatures, capacity);
        bases = Arrays.copyOf(bases, capacity);
        dead = Arrays.copyOf(dead, capacity);
    }
}

package dev.mayfly.wasm.validation;

import dev.mayfly.wasm.InvalidModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import dev.mayfly.wasm.binary.InstructionReader;
import java.util.Arrays;

/**
 * The types of the operands at a point of a function (core specification 2.0, appendix A.3.1). Operands below the
 * current block's base cannot be reached. In dead code, behind an unconditional branch, there are as many operands of
 * any type as it takes.
 */
final class OperandStack {

    /** Stands for any type, in dead code. */
    static final byte UNKNOWN = 0;

    /** From this length on, comparing whole arrays is faster, and hostile signatures have a thousand types. */
    private static final int LONG = 16;

    private final int maximum;
    private final InstructionReader instructions;
    private byte[] types = new byte[256];
    private int height;
    private int base;
    private boolean dead;

    OperandStack(int maximum, InstructionReader instructions) {
        this.maximum = maximum;
        this.instructions = instructions;
    }

    void clear() {
        height = 0;
        frame(0, false);
    }

    int height() {
        return height;
    }

    /** Makes another block the current one. */
    void frame(int newBase, boolean isDead) {
        base = newBase;
        dead = isDead;
    }

    /** Drops the current block's operands: the code that follows is dead. */
    void die() {
        height = base;
        dead = true;
    }

    void push(byte type) throws ModuleLimitException {
        if (height == types.length) {
            grow(1);
        }
        types[height++] = type;
    }

    void push(byte[] several) throws ModuleLimitException {
        if (several.length > types.length - height) {
            grow(several.length);
        }
        System.arraycopy(several, 0, types, height, several.length);
        height += several.length;
    }

    private void grow(int more) throws ModuleLimitException {
        long needed = (long) height + more;
        if (needed > maximum) {
            throw new ModuleLimitException("operands", maximum, needed, instructions.offset());
        }
        types = Arrays.copyOf(types, (int) Math.min(maximum, Math.max(needed, height * 2L)));
    }

    /** Takes an operand of any type, which is {@link #UNKNOWN} where dead code takes one that is not there. */
    byte pop() throws InvalidModuleException {
        if (height == base) {
            if (dead) {
                return UNKNOWN;
            }
            throw mismatch("an operand", "nothing");
        }
        return types[--height];
    }

    void pop(byte expected) throws InvalidModuleException {
        if (height > base) {
            byte actual = types[--height];
            if (actual != expected && actual != UNKNOWN) {
                throw mismatch(Signature.name(expected), Signature.name(actual));
            }
        } else if (!dead) {
            throw mismatch(Signature.name(expected), "nothing");
        }
    }

    void pop(byte[] expected) throws InvalidModuleException {
        check(expected);
        height = Math.max(base, height - expected.length);
    }

    /** Checks the topmost operands without taking them. */
    void check(byte[] expected) throws InvalidModuleException {
        int from = height - expected.length;
        if (expected.length >= LONG
                && from >= base
                && Arrays.equals(types, from, height, expected, 0, expected.length)) {
            return;
        }
        for (int i = expected.length - 1; i >= 0; i--) {
            int at = from + i;
            if (at < base) {
                if (dead) {
                    return;
                }
                throw mismatch(Signature.name(expected[i]), "nothing");
            }
            if (types[at] != expected[i] && types[at] != UNKNOWN) {
                throw mismatch(Signature.name(expected[i]), Signature.name(types[at]));
            }
        }
    }

    /** Takes an instruction's operands and puts its results. */
    void apply(Signature signature) throws InvalidModuleException, ModuleLimitException {
        byte[] parameters = signature.parameters();
        for (int i = parameters.length - 1; i >= 0; i--) {
            pop(parameters[i]);
        }
        for (byte result : signature.results()) {
            push(result);
        }
    }

    /** Checks that the current block has no operand left. */
    void checkEmpty() throws InvalidModuleException {
        if (height != base) {
            throw mismatch("nothing", Signature.name(types[height - 1]));
        }
    }

    InvalidModuleException mismatch(String expected, String actual) {
        return new InvalidModuleException(
                "type mismatch: expected " + expected + " but got " + actual, instructions.offset());
    }
}

package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.MalformedModuleException;
import dev.mayfly.wasm.ModuleLimitException;
import java.util.Arrays;

/** The open blocks of an expression: the grammar lets an {@code else} stand in an {@code if} only, and once. */
final class Nesting {

    private final int maximum;
    private boolean[] elseAllowed = new boolean[64];
    private int depth;

    Nesting(int maximum) {
        this.maximum = maximum;
    }

    /** Begins an expression, which is a block itself. */
    void begin() {
        depth = 1;
        elseAllowed[0] = false;
    }

    boolean ended() {
        return depth == 0;
    }

    void open(boolean isIf, long offset) throws ModuleLimitException {
        if (depth > maximum) {
            throw new ModuleLimitException("nestingDepth", maximum, depth, offset);
        }
        if (depth == elseAllowed.length) {
            elseAllowed = Arrays.copyOf(elseAllowed, depth * 2);
        }
        elseAllowed[depth++] = isIf;
    }

    void middle(long offset) throws MalformedModuleException {
        if (!elseAllowed[depth - 1]) {
            throw new MalformedModuleException("illegal opcode: else outside of an if", offset);
        }
        elseAllowed[depth - 1] = false;
    }

    void close() {
        depth--;
    }
}

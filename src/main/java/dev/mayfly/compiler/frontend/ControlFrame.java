package dev.mayfly.compiler.frontend;

import dev.mayfly.compiler.ssa.Blocks;
import dev.mayfly.compiler.ssa.Type;
import java.util.List;

/** A block, loop or if that is open, or the function itself. */
final class ControlFrame {

    /** What was opened. */
    enum Kind {
        BLOCK,
        LOOP,
        IF
    }

    private static final int[] NO_VALUES = new int[0];

    final Kind kind;
    final List<Type> parameters;
    final List<Type> results;

    /** The height of the operand stack below the parameters. */
    final int height;

    /** The block in which it begins, and when it did. */
    final int before;

    final int begun;

    /** Where a branch goes: a loop's header; else the block behind the end, once somebody goes there. */
    int label = Blocks.NONE;

    /** The edge that leads to the else-part of an if, before the else was met. */
    int otherwise = -1;

    /** What the else-part finds on the stack. */
    int[] arguments = NO_VALUES;

    ControlFrame(Kind kind, List<Type> parameters, List<Type> results, int height, int before, int begun) {
        this.kind = kind;
        this.parameters = parameters;
        this.results = results;
        this.height = height;
        this.before = before;
        this.begun = begun;
    }

    /** What a branch to the label takes. */
    List<Type> labelTypes() {
        return kind == Kind.LOOP ? parameters : results;
    }
}

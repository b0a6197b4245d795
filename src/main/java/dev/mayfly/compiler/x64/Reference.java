package dev.mayfly.compiler.x64;

import dev.mayfly.compiler.code.Relocation;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a displacement relative to the instruction pointer refers to.
 *
 * @param kind of something outside of the function; null for a label within
 * @param index which one, or the label
 * @param addend bytes from its start
 */
record Reference(Relocation.@Nullable Kind kind, int index, int addend) {

    static Reference label(int label) {
        return new Reference(null, label, 0);
    }

    static Reference to(Relocation.Kind kind, int index) {
        return new Reference(kind, index, 0);
    }

    static Reference context(int offset) {
        return new Reference(Relocation.Kind.CONTEXT, 0, offset);
    }

    @Override
    public String toString() {
        if (kind == null) {
            return "L" + index;
        }
        return kind.name().toLowerCase(Locale.ROOT) + index + (addend == 0 ? "" : "+" + addend);
    }
}

package dev.mayfly.compiler.interpreter;

import dev.mayfly.abi.TrapCode;
import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.Limits;
import java.util.Arrays;

/** A table of references. */
public final class ReferenceTable {

    private static final long MAXIMUM = 10_000_000;

    private final ExternalType.Table declared;
    private long[] elements;

    public ReferenceTable(ExternalType.Table type) {
        this.declared = type;
        this.elements = new long[(int) type.limits().minimum()];
    }

    ExternalType.Table type() {
        return new ExternalType.Table(
                declared.elementType(),
                new Limits(elements.length, declared.limits().maximum()));
    }

    int size() {
        return elements.length;
    }

    /** The index was checked by compiled code; if it was not, that is a bug, not a trap. */
    long get(int index) {
        return elements[index];
    }

    void set(int index, long element) {
        elements[index] = element;
    }

    int grow(long element, int by) {
        int old = elements.length;
        long grown = old + Integer.toUnsignedLong(by);
        if (grown > declared.limits().maximum().orElse(MAXIMUM) || grown > MAXIMUM) {
            return -1;
        }
        elements = Arrays.copyOf(elements, (int) grown);
        Arrays.fill(elements, old, (int) grown, element);
        return old;
    }

    void fill(long at, long element, long length) {
        check(at, length, elements.length);
        Arrays.fill(elements, (int) at, (int) (at + length), element);
    }

    void copy(long to, ReferenceTable source, long from, long length) {
        check(from, length, source.elements.length);
        check(to, length, elements.length);
        System.arraycopy(source.elements, (int) from, elements, (int) to, (int) length);
    }

    void init(long[] segment, long to, long from, long length) {
        check(from, length, segment.length);
        check(to, length, elements.length);
        System.arraycopy(segment, (int) from, elements, (int) to, (int) length);
    }

    private static void check(long at, long length, int size) {
        if (at + length > size) {
            throw new TrapException(TrapCode.TABLE_OUT_OF_BOUNDS);
        }
    }
}

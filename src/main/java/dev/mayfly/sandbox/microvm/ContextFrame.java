package dev.mayfly.sandbox.microvm;

import dev.mayfly.abi.Context;
import dev.mayfly.wasm.ValueType;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The values that host and guest leave for each other in an instance's {@link Context}. */
record ContextFrame(MemorySegment context) {

    private static final long UPPER_HALF = 0xFFFF_FFFFL;

    /** The bits of a value; of 32, the upper half is zero whatever the guest left there. */
    long get(int index, ValueType type) {
        long bits = context.get(ValueLayout.JAVA_LONG, offset(index));
        return type == ValueType.I32 || type == ValueType.F32 ? bits & UPPER_HALF : bits;
    }

    void set(int index, long bits) {
        context.set(ValueLayout.JAVA_LONG, offset(index), bits);
    }

    private static long offset(int index) {
        return Context.FRAME + (long) index * Context.FRAME_SLOT_BYTES;
    }
}

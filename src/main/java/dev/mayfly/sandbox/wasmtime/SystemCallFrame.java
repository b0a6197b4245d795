package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.wasi.Errno;
import dev.mayfly.wasi.SystemCall;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * What host and guest leave for each other, in a memory that the guest cannot reach.
 *
 * <p>It is where the stubs of {@link SystemCallStubs} leave a call's number and arguments, and find its result, and where
 * a {@link Launcher} finds the arguments of the function that it calls, and leaves its results.
 */
final class SystemCallFrame {

    static final int NUMBER = 0;
    static final int RESULT = 4;
    static final int ARGUMENTS = 8;
    static final int ARGUMENT_BYTES = 8;

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final MemorySegment memory;
    private final long[] arguments = new long[SystemCall.MAX_PARAMETERS];

    SystemCallFrame(MemorySegment memory) {
        this.memory = memory;
    }

    /** Puts the bits of a value where the launcher of a function expects its argument. */
    void argument(int index, long bits) {
        memory.set(LONG, ARGUMENTS + (long) index * ARGUMENT_BYTES, bits);
    }

    /** Takes the bits of a value from where the launcher of a function leaves its result. */
    long value(int index) {
        return memory.get(LONG, ARGUMENTS + (long) index * ARGUMENT_BYTES);
    }

    int number() {
        return memory.get(INT, NUMBER);
    }

    /** The call's arguments, in an array that the next call uses again. */
    long[] arguments(int count) {
        for (int i = 0; i < count; i++) {
            arguments[i] = memory.get(LONG, ARGUMENTS + (long) i * ARGUMENT_BYTES);
        }
        return arguments;
    }

    void result(Errno errno) {
        memory.set(INT, RESULT, errno.code());
    }
}

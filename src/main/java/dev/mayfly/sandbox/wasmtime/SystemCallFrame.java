package dev.mayfly.sandbox.wasmtime;

import dev.mayfly.wasi.Errno;
import dev.mayfly.wasi.SystemCall;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * Where the stubs of {@link SystemCallStubs} leave a call's number and arguments, and find its result: the beginning of
 * a memory that the stubs have for themselves. The guest cannot reach it.
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

package dev.mayfly.compiler.interpreter;

import dev.mayfly.abi.TrapCode;
import dev.mayfly.wasm.ExternalType;
import dev.mayfly.wasm.Limits;
import java.util.Arrays;

/** A linear memory. */
public final class LinearMemory {

    private static final int PAGE = 1 << 16;
    private static final long MAXIMUM_PAGES = 1 << 14;

    private final Limits declared;
    private byte[] bytes;

    public LinearMemory(Limits limits) {
        this.declared = limits;
        this.bytes = new byte[(int) (limits.minimum() * PAGE)];
    }

    ExternalType.Memory type() {
        return new ExternalType.Memory(new Limits(bytes.length / PAGE, declared.maximum()));
    }

    long size() {
        return bytes.length;
    }

    int grow(int by) {
        long old = bytes.length / PAGE;
        long grown = old + Integer.toUnsignedLong(by);
        if (grown > declared.maximum().orElse(MAXIMUM_PAGES) || grown > MAXIMUM_PAGES) {
            return -1;
        }
        bytes = Arrays.copyOf(bytes, (int) (grown * PAGE));
        return (int) old;
    }

    long load(long address, int size) {
        check(address, size);
        long value = 0;
        for (int i = size - 1; i >= 0; i--) {
            value = (value << 8) | (bytes[(int) address + i] & 0xFF);
        }
        return value;
    }

    void store(long address, int size, long value) {
        check(address, size);
        for (int i = 0; i < size; i++) {
            bytes[(int) address + i] = (byte) (value >>> (8 * i));
        }
    }

    void copy(long to, long from, long length) {
        check(to, length);
        check(from, length);
        System.arraycopy(bytes, (int) from, bytes, (int) to, (int) length);
    }

    void fill(long at, byte value, long length) {
        check(at, length);
        Arrays.fill(bytes, (int) at, (int) (at + length), value);
    }

    void init(byte[] segment, long to, long from, long length) {
        if (from + length > segment.length) {
            throw new TrapException(TrapCode.MEMORY_OUT_OF_BOUNDS);
        }
        check(to, length);
        System.arraycopy(segment, (int) from, bytes, (int) to, (int) length);
    }

    private void check(long address, long length) {
        if (address + length > bytes.length) {
            throw new TrapException(TrapCode.MEMORY_OUT_OF_BOUNDS);
        }
    }
}

package dev.mayfly.wasi;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * The only way from the host into a guest's memory. Addresses and lengths come from the guest, as unsigned 32-bit
 * numbers and sums of them; each access checks them here, once. Numbers are little-endian and need no alignment.
 */
final class GuestMemory {

    private static final ValueLayout.OfShort SHORT =
            ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final LinearMemory memory;
    private MemorySegment known = MemorySegment.NULL;

    /** A view of as much of what is known as a buffer can show, to be narrowed for each use. */
    private ByteBuffer view = ByteBuffer.allocate(0);

    GuestMemory(LinearMemory memory) {
        this.memory = memory;
    }

    byte getByte(long address) throws ErrnoException {
        return checked(address, Byte.BYTES).get(ValueLayout.JAVA_BYTE, address);
    }

    short getShort(long address) throws ErrnoException {
        return checked(address, Short.BYTES).get(SHORT, address);
    }

    int getInt(long address) throws ErrnoException {
        return checked(address, Integer.BYTES).get(INT, address);
    }

    /** Reads an unsigned 32-bit number: a pointer, a length, a count. */
    long getSize(long address) throws ErrnoException {
        return Integer.toUnsignedLong(getInt(address));
    }

    long getLong(long address) throws ErrnoException {
        return checked(address, Long.BYTES).get(LONG, address);
    }

    /** Reads so many numbers to the beginning of an array. */
    void getLongs(long address, long[] target, int count) throws ErrnoException {
        MemorySegment.copy(checked(address, (long) Long.BYTES * count), LONG, address, target, 0, count);
    }

    void putByte(long address, int value) throws ErrnoException {
        checked(address, Byte.BYTES).set(ValueLayout.JAVA_BYTE, address, (byte) value);
    }

    void putShort(long address, int value) throws ErrnoException {
        checked(address, Short.BYTES).set(SHORT, address, (short) value);
    }

    void putInt(long address, int value) throws ErrnoException {
        checked(address, Integer.BYTES).set(INT, address, value);
    }

    void putLong(long address, long value) throws ErrnoException {
        checked(address, Long.BYTES).set(LONG, address, value);
    }

    void putBytes(long address, byte[] source, int length) throws ErrnoException {
        MemorySegment target = checked(address, length);
        MemorySegment.copy(source, 0, target, ValueLayout.JAVA_BYTE, address, length);
    }

    void getBytes(long address, byte[] target) throws ErrnoException {
        MemorySegment source = checked(address, target.length);
        MemorySegment.copy(source, ValueLayout.JAVA_BYTE, address, target, 0, target.length);
    }

    void zero(long address, long length) throws ErrnoException {
        checked(address, length).asSlice(address, length).fill((byte) 0);
    }

    /**
     * A view of a range; at most {@link Integer#MAX_VALUE} bytes of it. It is only valid until the next one is asked for:
     * below 2 GiB all of them are the same buffer, so that reading and writing allocate nothing.
     */
    ByteBuffer buffer(long address, long length) throws ErrnoException {
        MemorySegment whole = checked(address, length);
        long end = address + length;
        if (end > Integer.MAX_VALUE) {
            return whole.asSlice(address, Math.min(length, Integer.MAX_VALUE)).asByteBuffer();
        }
        if (end > view.capacity()) {
            view = whole.asSlice(0, Math.min(whole.byteSize(), Integer.MAX_VALUE))
                    .asByteBuffer();
        }
        return view.limit((int) end).position((int) address);
    }

    /** Checks a range that will be used later, so that a call fails before it has done anything. */
    void require(long address, long length) throws ErrnoException {
        checked(address, length);
    }

    private MemorySegment checked(long address, long length) throws ErrnoException {
        if (!isWithin(address, length, known.byteSize())) {
            known = memory.segment();
            if (!isWithin(address, length, known.byteSize())) {
                throw ErrnoException.of(Errno.FAULT);
            }
        }
        return known;
    }

    /** Free of overflow: {@code size} is never negative, and what is subtracted from it neither. */
    private static boolean isWithin(long address, long length, long size) {
        return address >= 0 && length >= 0 && address <= size && length <= size - address;
    }
}

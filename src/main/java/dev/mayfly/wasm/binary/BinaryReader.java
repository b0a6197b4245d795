package dev.mayfly.wasm.binary;

import dev.mayfly.wasm.MalformedModuleException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/**
 * Reads the values of the binary format (core specification 2.0, section 5.2) from a stream through a window of fixed
 * size. Reading never passes the bound that a section or function body declares.
 */
final class BinaryReader {

    private static final int WINDOW = 64 * 1024;
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final InputStream source;
    private final byte[] window;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private long windowOffset; // of the window's first byte in the binary
    private int filled; // how much of the window holds bytes of the binary
    private int position; // of the next byte to read, in the window
    private int limit; // as far as may be read before underflow() is asked: the bytes here, cut at the bound
    private long bound = Long.MAX_VALUE; // the offset in the binary that must not be passed

    BinaryReader(InputStream source) {
        this.source = source;
        this.window = new byte[WINDOW];
    }

    /**
     * Reads bytes that are in memory already.
     *
     * @param offset of the first of them in the binary
     */
    BinaryReader(byte[] bytes, long offset) {
        this.source = InputStream.nullInputStream();
        this.window = bytes;
        this.windowOffset = offset;
        this.filled = bytes.length;
        this.limit = bytes.length;
        this.bound = offset + bytes.length;
    }

    /** The offset of the next byte in the binary. */
    long offset() {
        return windowOffset + position;
    }

    /** How many bytes are left before the bound. */
    long remaining() {
        return bound - offset();
    }

    /** Sets the offset that reading must not pass and returns the former one. */
    long bound(long offset) {
        long former = bound;
        bound = offset;
        cutLimit();
        return former;
    }

    /** Whether the binary is at its end; the bound is not looked at. */
    boolean atEnd() throws IOException {
        return position == filled && !refill();
    }

    int u8() throws IOException, MalformedModuleException {
        if (position == limit) {
            underflow();
        }
        return window[position++] & 0xFF;
    }

    /** An unsigned 32-bit number in LEB128; the result's sign bit is part of the number. */
    int u32() throws IOException, MalformedModuleException {
        if (position < limit && window[position] >= 0) {
            return window[position++];
        }
        int value = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            int next = u8();
            value |= (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        int last = lastByte();
        require(last <= 0x0F, "integer too large");
        return value | last << 28;
    }

    int s32() throws IOException, MalformedModuleException {
        if (position < limit && window[position] >= 0) {
            return window[position++] << 25 >> 25;
        }
        int value = 0;
        for (int shift = 0; shift < 28; shift += 7) {
            int next = u8();
            value |= (next & 0x7F) << shift;
            if (next < 0x80) {
                int unused = 25 - shift;
                return value << unused >> unused;
            }
        }
        int last = lastByte();
        require(last <= 0x07 || last >= 0x78, "integer too large");
        return value | last << 28;
    }

    long s33() throws IOException, MalformedModuleException {
        return signed(33);
    }

    long s64() throws IOException, MalformedModuleException {
        return signed(64);
    }

    private long signed(int bits) throws IOException, MalformedModuleException {
        int lastShift = (bits - 1) / 7 * 7;
        long value = 0;
        for (int shift = 0; shift < lastShift; shift += 7) {
            int next = u8();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                int unused = 57 - shift;
                return value << unused >> unused;
            }
        }
        int last = lastByte();
        // The bits of the last byte that do not fit must repeat the sign.
        int sign = last << 25 >> (24 + bits - lastShift);
        require(sign == 0 || sign == -1, "integer too large");
        return value | ((long) (last << 25 >> 25)) << lastShift;
    }

    private int lastByte() throws IOException, MalformedModuleException {
        int last = u8();
        require(last < 0x80, "integer representation too long");
        return last;
    }

    /** Four bytes, little-endian. */
    int fixed32() throws IOException, MalformedModuleException {
        if (limit - position >= Integer.BYTES) {
            int value = (int) INT.get(window, position);
            position += Integer.BYTES;
            return value;
        }
        return u8() | u8() << 8 | u8() << 16 | u8() << 24;
    }

    /** Eight bytes, little-endian. */
    long fixed64() throws IOException, MalformedModuleException {
        if (limit - position >= Long.BYTES) {
            long value = (long) LONG.get(window, position);
            position += Long.BYTES;
            return value;
        }
        return Integer.toUnsignedLong(fixed32()) | (long) fixed32() << 32;
    }

    /** Text of so many bytes. The caller has held the length against a limit. */
    String utf8(int length) throws IOException, MalformedModuleException {
        long start = offset();
        byte[] bytes = bytes(length);
        try {
            return utf8.decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedModuleException("malformed UTF-8 encoding", start);
        }
    }

    private byte[] bytes(int length) throws IOException, MalformedModuleException {
        if (length > remaining()) {
            throw new MalformedModuleException("length out of bounds", offset());
        }
        byte[] bytes = new byte[length];
        for (int done = 0; done < length; ) {
            if (position == limit) {
                underflow();
            }
            int part = Math.min(length - done, limit - position);
            System.arraycopy(window, position, bytes, done, part);
            position += part;
            done += part;
        }
        return bytes;
    }

    /** Passes over everything before an offset. */
    void skipTo(long target) throws IOException, MalformedModuleException {
        while (offset() < target) {
            if (position == limit) {
                underflow();
            }
            position += (int) Math.min(target - offset(), limit - position);
        }
    }

    private void underflow() throws IOException, MalformedModuleException {
        if (offset() == bound) {
            throw new MalformedModuleException("unexpected end of section or function", offset());
        }
        if (!refill()) {
            throw new MalformedModuleException("unexpected end", offset());
        }
    }

    private boolean refill() throws IOException {
        windowOffset += filled;
        position = 0;
        filled = Math.max(0, source.readNBytes(window, 0, window.length));
        cutLimit();
        return filled > 0;
    }

    private void cutLimit() {
        limit = (int) Math.min(filled, Math.max(position, bound - windowOffset));
    }

    private void require(boolean condition, String message) throws MalformedModuleException {
        if (!condition) {
            throw new MalformedModuleException(message, offset() - 1);
        }
    }
}

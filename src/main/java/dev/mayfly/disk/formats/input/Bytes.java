package dev.mayfly.disk.formats.input;

import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** A piece of an image, with little-endian numbers in it. What lies beyond its end cannot be read. */
public final class Bytes {

    private final byte[] array;
    private final ByteBuffer buffer;
    private final int length;
    private final long origin;

    /**
     * The beginning of an array.
     *
     * @param origin where in the image it comes from, for messages
     */
    public Bytes(byte[] array, int length, long origin) {
        this.array = array;
        this.buffer = ByteBuffer.wrap(array).order(ByteOrder.LITTLE_ENDIAN);
        this.length = length;
        this.origin = origin;
    }

    public int length() {
        return length;
    }

    /** Its first {@link #length} bytes are what it is about. */
    public byte[] array() {
        return array;
    }

    /** Where in the image it comes from. */
    public long origin() {
        return origin;
    }

    public int u8(int at) throws DiskImageException {
        return buffer.get(checked(at, Byte.BYTES)) & 0xFF;
    }

    public int u16(int at) throws DiskImageException {
        return buffer.getShort(checked(at, Short.BYTES)) & 0xFFFF;
    }

    public int s16(int at) throws DiskImageException {
        return buffer.getShort(checked(at, Short.BYTES));
    }

    public int s32(int at) throws DiskImageException {
        return buffer.getInt(checked(at, Integer.BYTES));
    }

    public long u32(int at) throws DiskImageException {
        return buffer.getInt(checked(at, Integer.BYTES)) & 0xFFFF_FFFFL;
    }

    public long s64(int at) throws DiskImageException {
        return buffer.getLong(checked(at, Long.BYTES));
    }

    /** A text, which must be UTF-8. */
    public String text(int at, int bytes) throws DiskImageException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(array, checked(at, bytes), bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new DiskImageException(Reason.INVALID_NAME, "a name or link that is not UTF-8, " + place(at));
        }
    }

    /** Where in the image that is, for messages. */
    public String place(int at) {
        return "at byte " + (origin + at);
    }

    private int checked(int at, int bytes) throws DiskImageException {
        if (at < 0 || bytes < 0 || at > length - bytes) {
            throw new DiskImageException(Reason.TRUNCATED, "a structure is longer than what holds it, " + place(at));
        }
        return at;
    }
}

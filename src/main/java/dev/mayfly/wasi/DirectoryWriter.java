package dev.mayfly.wasi;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes {@code dirent} of preview 1's witx definition, each with its name behind it, as far as they fit. */
final class DirectoryWriter {

    private static final int HEADER_BYTES = 24;

    private final GuestMemory memory;
    private final long end;
    private final long start;
    private long address;

    DirectoryWriter(GuestMemory memory, long address, long length) throws ErrnoException {
        memory.require(address, length);
        this.memory = memory;
        this.start = address;
        this.address = address;
        this.end = address + length;
    }

    boolean full() {
        return address == end;
    }

    long written() {
        return address - start;
    }

    /**
     * Writes an entry, or what of it fits.
     *
     * @param next the cookie of the entry behind it
     */
    void write(long next, String name, long number, FileType type) throws ErrnoException {
        byte[] text = name.getBytes(StandardCharsets.UTF_8);
        byte[] entry = ByteBuffer.allocate(HEADER_BYTES + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(next)
                .putLong(number)
                .putInt(text.length)
                .putInt(type.code())
                .put(text)
                .array();
        int length = (int) Math.min(entry.length, end - address);
        memory.putBytes(address, entry, length);
        address += length;
    }
}

package dev.mayfly.wasi;

import dev.mayfly.disk.FileException;
import java.nio.ByteBuffer;

/**
 * Reads and writes over the buffers that a guest lists in its memory: {@code iovec} and {@code ciovec}, each a pointer
 * and a length of four bytes. Each entry is read once; reading reads all of them before it fills the first buffer, which
 * may lie over the list.
 */
final class IoVectors {

    /** The most buffers of one call, as on other systems. */
    static final int MAX_COUNT = 1024;

    private static final int ENTRY_BYTES = 8;

    private IoVectors() {}

    /**
     * Fills the buffers in turn until one stays unfilled; waits for the first byte only.
     *
     * @return the number of bytes
     */
    static long read(WasiProcess process, ByteSource input, long vectors, long count)
            throws ErrnoException, FileException {
        GuestMemory memory = process.memory();
        requireCount(memory, vectors, count);
        long total = 0;
        long[] entries = process.bufferList((int) count);
        memory.getLongs(vectors, entries, (int) count);
        for (int i = 0; i < count; i++) {
            long entry = entries[i];
            long length = entry >>> Integer.SIZE;
            if (length == 0) {
                continue;
            }
            ByteBuffer target = bufferAfter(total, memory, entry & 0xFFFF_FFFFL, length);
            if (!target.hasRemaining()) {
                break;
            }
            int read = readAfter(total, process, input, target);
            if (read == 0 && total == 0) {
                throw ErrnoException.of(Errno.AGAIN);
            }
            total += Math.max(read, 0);
            if (read < length) {
                break;
            }
        }
        return total;
    }

    /**
     * Writes the buffers in turn.
     *
     * @return the number of bytes
     */
    static long write(WasiProcess process, ByteSink output, long vectors, long count)
            throws ErrnoException, FileException {
        GuestMemory memory = process.memory();
        requireCount(memory, vectors, count);
        long total = 0;
        for (long entry = vectors; entry < vectors + count * ENTRY_BYTES; entry += ENTRY_BYTES) {
            long length = memory.getSize(entry + Integer.BYTES);
            if (length == 0) {
                continue;
            }
            ByteBuffer source = bufferAfter(total, memory, memory.getSize(entry), length);
            if (!source.hasRemaining()) {
                break;
            }
            int offered = source.remaining();
            writeAfter(total, process, output, source);
            total += offered - source.remaining();
            if (source.hasRemaining() || offered < length) {
                break;
            }
        }
        return total;
    }

    private static void requireCount(GuestMemory memory, long vectors, long count) throws ErrnoException {
        if (count > MAX_COUNT) {
            throw ErrnoException.of(Errno.INVAL);
        }
        memory.require(vectors, count * ENTRY_BYTES);
    }

    /** The buffer; but if it is bad and bytes were moved already, an empty one, so that these are reported first. */
    private static ByteBuffer bufferAfter(long total, GuestMemory memory, long address, long length)
            throws ErrnoException {
        try {
            return memory.buffer(address, Math.min(length, Integer.MAX_VALUE - total));
        } catch (ErrnoException e) {
            if (total > 0) {
                return ByteBuffer.allocate(0);
            }
            throw e;
        }
    }

    /** An error behind the first byte is left for the next call to meet. */
    private static int readAfter(long total, WasiProcess process, ByteSource input, ByteBuffer target)
            throws ErrnoException, FileException {
        try {
            return input.read(process, target, total == 0);
        } catch (ErrnoException | FileException e) {
            if (total == 0) {
                throw e;
            }
            return 0;
        }
    }

    /** An error behind the first byte is left for the next call to meet. */
    private static void writeAfter(long total, WasiProcess process, ByteSink output, ByteBuffer source)
            throws ErrnoException, FileException {
        int offered = source.remaining();
        try {
            output.write(process, source);
        } catch (ErrnoException | FileException e) {
            if (total == 0 && source.remaining() == offered) {
                throw e;
            }
            return;
        }
        if (total == 0 && source.remaining() == offered) {
            throw ErrnoException.of(Errno.AGAIN);
        }
    }
}

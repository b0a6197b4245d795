package dev.mayfly.disk.zstd;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The literals of a block, and the code that the next block may use again. */
final class Literals {

    private static final int STREAMS = 4;
    private static final int JUMP_BYTES = 6;

    private final byte[] bytes = new byte[ZstdInputStream.MAX_BLOCK];
    private @Nullable HuffmanTable code;
    private int size;

    byte[] bytes() {
        return bytes;
    }

    int size() {
        return size;
    }

    /** A new frame begins. */
    void reset() {
        code = null;
    }

    /** Reads the section, and returns where it ends. */
    int read(byte[] in, int end) throws ZstdException {
        int type = in[0] & 3;
        int format = in[0] >>> 2 & 3;
        return type < 2 ? readPlain(in, end, type, format) : readCoded(in, end, type, format);
    }

    private int readPlain(byte[] in, int end, int type, int format) throws ZstdException {
        int header = format == 1 ? 2 : format == 3 ? 3 : 1;
        size = (int) (number(in, header, end) >>> (header == 1 ? 3 : 4));
        int stored = type == 0 ? size : 1;
        require(size <= bytes.length && header + stored <= end);
        if (type == 0) {
            System.arraycopy(in, header, bytes, 0, size);
        } else {
            Arrays.fill(bytes, 0, size, in[header]);
        }
        return header + stored;
    }

    private int readCoded(byte[] in, int end, int type, int format) throws ZstdException {
        int header = format < 2 ? 3 : format + 2;
        int width = format < 2 ? 10 : format == 2 ? 14 : 18;
        long number = number(in, header, end) >>> 4;
        size = (int) (number & ((1 << width) - 1));
        int sectionEnd = header + (int) (number >>> width);
        require(size <= bytes.length && sectionEnd <= end);
        int start = header;
        HuffmanTable table = code;
        if (type == 2) {
            table = HuffmanTable.read(in, header, sectionEnd);
            start = table.end();
            code = table;
        }
        if (table == null) {
            throw new ZstdException("a code for literals is to be used again that there is not");
        }
        decode(table, in, start, sectionEnd, format == 0 ? 1 : STREAMS);
        return sectionEnd;
    }

    private void decode(HuffmanTable table, byte[] in, int start, int end, int streams) throws ZstdException {
        if (streams == 1) {
            table.decode(new ReverseBits(in, start, end), bytes, 0, size);
            return;
        }
        require(start + JUMP_BYTES <= end);
        int part = (size + STREAMS - 1) / STREAMS;
        int from = start + JUMP_BYTES;
        for (int i = 0; i < STREAMS; i++) {
            int to = i == STREAMS - 1
                    ? end
                    : from + ((in[start + 2 * i] & 0xFF) | ((in[start + 2 * i + 1] & 0xFF) << 8));
            int count = i == STREAMS - 1 ? size - part * i : part;
            require(to <= end && count >= 0);
            table.decode(new ReverseBits(in, from, to), bytes, part * i, count);
            from = to;
        }
    }

    private static long number(byte[] in, int count, int end) throws ZstdException {
        require(count <= end);
        long number = 0;
        for (int i = 0; i < count; i++) {
            number |= (in[i] & 0xFFL) << (8 * i);
        }
        return number;
    }

    private static void require(boolean right) throws ZstdException {
        if (!right) {
            throw new ZstdException("the literals are not where they should be");
        }
    }
}

package dev.mayfly.disk.zstd;

import java.util.Arrays;

/** A table of finite state entropy: a symbol for each state, and how the next state is made of the bits that follow. */
final class FseTable {

    private static final int MIN_LOG = 5;

    private final int log;
    private final byte[] symbols;
    private final byte[] bits;
    private final short[] bases;

    private FseTable(int log) {
        this.log = log;
        this.symbols = new byte[1 << log];
        this.bits = new byte[1 << log];
        this.bases = new short[1 << log];
    }

    /** One symbol, always. */
    static FseTable constant(int symbol) {
        FseTable table = new FseTable(0);
        table.symbols[0] = (byte) symbol;
        return table;
    }

    /**
     * A table for a distribution.
     *
     * @param counts how many states each symbol has; -1 for one that is rarer than one
     */
    static FseTable of(int log, int[] counts) throws ZstdException {
        FseTable table = new FseTable(log);
        int[] next = new int[counts.length];
        int end = table.placeRare(counts, next);
        table.spread(counts, next, end);
        for (int state = 0; state < table.symbols.length; state++) {
            int value = next[table.symbols[state]]++;
            int width = log - (31 - Integer.numberOfLeadingZeros(value));
            table.bits[state] = (byte) width;
            table.bases[state] = (short) ((value << width) - table.symbols.length);
        }
        return table;
    }

    private int placeRare(int[] counts, int[] next) {
        int end = symbols.length;
        for (int symbol = 0; symbol < counts.length; symbol++) {
            if (counts[symbol] == -1) {
                symbols[--end] = (byte) symbol;
                next[symbol] = 1;
            }
        }
        return end;
    }

    private void spread(int[] counts, int[] next, int end) throws ZstdException {
        int size = symbols.length;
        int step = (size >> 1) + (size >> 3) + 3;
        int position = 0;
        for (int symbol = 0; symbol < counts.length; symbol++) {
            for (int i = 0; i < counts[symbol]; i++) {
                symbols[position] = (byte) symbol;
                do {
                    position = (position + step) & (size - 1);
                } while (position >= end);
            }
            next[symbol] = Math.max(next[symbol], counts[symbol]);
        }
        if (position != 0) {
            throw new ZstdException("a table is not full");
        }
    }

    /** Reads a description of a table. */
    static FseTable read(ForwardBits in, int maxLog, int maxSymbol) throws ZstdException {
        int log = in.read(4) + MIN_LOG;
        if (log > maxLog) {
            throw new ZstdException("a table is too large");
        }
        int[] counts = new int[maxSymbol + 1];
        int symbol = 0;
        int left = 1 << log;
        while (left > 0) {
            if (symbol > maxSymbol) {
                throw new ZstdException("a table has too many symbols");
            }
            int count = readCount(in, left);
            left -= Math.abs(count);
            counts[symbol++] = count;
            if (count == 0) {
                symbol = skipZeros(in, symbol);
            }
        }
        return of(log, Arrays.copyOf(counts, Math.min(symbol, counts.length)));
    }

    private static int readCount(ForwardBits in, int left) throws ZstdException {
        int width = 32 - Integer.numberOfLeadingZeros(left + 1);
        int value = in.read(width);
        int low = (1 << (width - 1)) - 1;
        int threshold = (1 << width) - 1 - (left + 1);
        if ((value & low) < threshold) {
            in.rewind();
            value &= low;
        } else if (value > low) {
            value -= threshold;
        }
        if (value - 1 > left) {
            throw new ZstdException("a table is more than full");
        }
        return value - 1;
    }

    private static int skipZeros(ForwardBits in, int from) throws ZstdException {
        int symbol = from;
        int repeat;
        do {
            repeat = in.read(2);
            symbol += repeat;
        } while (repeat == 3);
        return symbol;
    }

    int log() {
        return log;
    }

    int symbol(int state) {
        return symbols[state];
    }

    int next(int state, ReverseBits in) {
        return bases[state] + in.read(bits[state]);
    }
}

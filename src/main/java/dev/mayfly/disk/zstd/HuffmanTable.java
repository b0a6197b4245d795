package dev.mayfly.disk.zstd;

import java.util.Arrays;

/** A prefix code for literals. */
final class HuffmanTable {

    private static final int MAX_BITS = 11;
    private static final int MAX_WEIGHT_LOG = 6;
    private static final int MAX_WEIGHTS = 255;
    private static final int DIRECT = 128;

    private final int bits;
    private final byte[] symbols;
    private final byte[] lengths;

    /** Where the description ended. */
    private final int end;

    private HuffmanTable(int bits, int end) {
        this.bits = bits;
        this.end = end;
        this.symbols = new byte[1 << bits];
        this.lengths = new byte[1 << bits];
    }

    int end() {
        return end;
    }

    /** Reads a description. */
    static HuffmanTable read(byte[] in, int start, int limit) throws ZstdException {
        if (start >= limit) {
            throw new ZstdException("no code for literals");
        }
        int header = in[start] & 0xFF;
        int[] weights = new int[MAX_WEIGHTS + 1];
        int size = header < DIRECT ? header : (header - DIRECT + 2) / 2;
        int end = start + 1 + size;
        if (end > limit) {
            throw new ZstdException("a code for literals ends early");
        }
        int count = header < DIRECT
                ? readCompressed(in, start + 1, end, weights)
                : readDirect(in, start + 1, header - DIRECT + 1, weights);
        return of(weights, count, end);
    }

    private static int readDirect(byte[] in, int start, int count, int[] weights) {
        for (int i = 0; i < count; i++) {
            weights[i] = (in[start + i / 2] >>> (i % 2 == 0 ? 4 : 0)) & 15;
        }
        return count;
    }

    private static int readCompressed(byte[] in, int start, int end, int[] weights) throws ZstdException {
        ForwardBits description = new ForwardBits(in, start, end);
        FseTable table = FseTable.read(description, MAX_WEIGHT_LOG, MAX_BITS + 1);
        ReverseBits stream = new ReverseBits(in, description.nextByte(), end);
        int[] states = {stream.read(table.log()), stream.read(table.log())};
        if (stream.left() < 0) {
            throw new ZstdException("a code for literals ends early");
        }
        int count = 0;
        for (int turn = 0; ; turn ^= 1) {
            if (count >= MAX_WEIGHTS - 1) {
                throw new ZstdException("a code has too many literals");
            }
            weights[count++] = table.symbol(states[turn]);
            states[turn] = table.next(states[turn], stream);
            if (stream.left() < 0) {
                weights[count++] = table.symbol(states[turn ^ 1]);
                return count;
            }
        }
    }

    private static HuffmanTable of(int[] weights, int count, int end) throws ZstdException {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            if (weights[i] > MAX_BITS + 1) {
                throw new ZstdException("a code has too long words");
            }
            sum += weights[i] == 0 ? 0 : 1 << (weights[i] - 1);
        }
        int bits = sum == 0 ? 0 : 32 - Integer.numberOfLeadingZeros(sum);
        int rest = (1 << bits) - sum;
        if (bits == 0 || bits > MAX_BITS || Integer.bitCount(rest) != 1) {
            throw new ZstdException("no complete code");
        }
        weights[count] = 32 - Integer.numberOfLeadingZeros(rest);
        HuffmanTable table = new HuffmanTable(bits, end);
        table.fill(weights, count + 1);
        return table;
    }

    private void fill(int[] weights, int count) {
        int position = 0;
        for (int weight = 1; weight <= bits; weight++) {
            for (int symbol = 0; symbol < count; symbol++) {
                if (weights[symbol] == weight) {
                    int next = position + (1 << (weight - 1));
                    Arrays.fill(symbols, position, next, (byte) symbol);
                    Arrays.fill(lengths, position, next, (byte) (bits + 1 - weight));
                    position = next;
                }
            }
        }
    }

    /** Decodes so many literals, which must be all of the stream. */
    void decode(ReverseBits in, byte[] target, int from, int count) throws ZstdException {
        for (int i = from; i < from + count; i++) {
            int word = in.peek(bits);
            target[i] = symbols[word];
            in.skip(lengths[word]);
        }
        if (in.left() != 0) {
            throw new ZstdException("a stream of literals has another length");
        }
    }
}

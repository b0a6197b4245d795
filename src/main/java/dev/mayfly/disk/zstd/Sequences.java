package dev.mayfly.disk.zstd;

import org.jspecify.annotations.Nullable;

/** The sequences of a block: so many literals, then a copy of what was written before. */
final class Sequences {

    private static final int MAX_LENGTH_LOG = 9;
    private static final int MAX_OFFSET_LOG = 8;

    private final Window window;
    private @Nullable FseTable literalTable;
    private @Nullable FseTable offsetTable;
    private @Nullable FseTable matchTable;
    private int offset1 = 1;
    private int offset2 = 4;
    private int offset3 = 8;

    /** Where the table that was read last ended. */
    private int position;

    Sequences(Window window) {
        this.window = window;
    }

    /** A new frame begins. */
    void reset() {
        literalTable = null;
        offsetTable = null;
        matchTable = null;
        offset1 = 1;
        offset2 = 4;
        offset3 = 8;
    }

    /** Reads the section and carries it out. */
    void execute(byte[] in, int start, int end, Literals literals) throws ZstdException {
        int count = count(in, start, end);
        if (count == 0) {
            if (position != end) {
                throw new ZstdException("a block is longer than what is in it");
            }
            window.append(literals.bytes(), 0, literals.size());
            return;
        }
        int modes = byteAt(in, position++, end);
        if ((modes & 3) != 0) {
            throw new ZstdException("a reserved bit is set");
        }
        FseTable lengths = table(in, end, modes >> 6, MAX_LENGTH_LOG, Kind.LITERALS, literalTable);
        FseTable offsets = table(in, end, modes >> 4 & 3, MAX_OFFSET_LOG, Kind.OFFSETS, offsetTable);
        FseTable matches = table(in, end, modes >> 2 & 3, MAX_LENGTH_LOG, Kind.MATCHES, matchTable);
        literalTable = lengths;
        offsetTable = offsets;
        matchTable = matches;
        run(new ReverseBits(in, position, end), count, literals);
    }

    private int count(byte[] in, int start, int end) throws ZstdException {
        int first = byteAt(in, start, end);
        if (first < 128) {
            position = start + 1;
            return first;
        }
        int second = byteAt(in, start + 1, end);
        if (first < 255) {
            position = start + 2;
            return ((first - 128) << 8) + second;
        }
        position = start + 3;
        return second + (byteAt(in, start + 2, end) << 8) + 0x7F00;
    }

    @SuppressWarnings("ImmutableEnumChecker") // tables never change once they are made
    private enum Kind {
        LITERALS(SequenceCodes.LITERALS, SequenceCodes.MAX_LITERALS_CODE),
        OFFSETS(SequenceCodes.OFFSETS, SequenceCodes.MAX_OFFSET_CODE),
        MATCHES(SequenceCodes.MATCHES, SequenceCodes.MAX_MATCH_CODE);

        private final FseTable predefined;
        private final int maxCode;

        Kind(FseTable predefined, int maxCode) {
            this.predefined = predefined;
            this.maxCode = maxCode;
        }
    }

    private FseTable table(byte[] in, int end, int mode, int maxLog, Kind kind, @Nullable FseTable before)
            throws ZstdException {
        return switch (mode) {
            case 0 -> kind.predefined;
            case 1 -> {
                int symbol = byteAt(in, position++, end);
                if (symbol > kind.maxCode) {
                    throw new ZstdException("a code is too large");
                }
                yield FseTable.constant(symbol);
            }
            case 2 -> {
                ForwardBits description = new ForwardBits(in, position, end);
                FseTable table = FseTable.read(description, maxLog, kind.maxCode);
                position = description.nextByte();
                yield table;
            }
            default -> {
                if (before == null) {
                    throw new ZstdException("a table is to be used again that there is not");
                }
                yield before;
            }
        };
    }

    private void run(ReverseBits in, int count, Literals literals) throws ZstdException {
        FseTable lengths = present(literalTable);
        FseTable offsets = present(offsetTable);
        FseTable matches = present(matchTable);
        int literalState = in.read(lengths.log());
        int offsetState = in.read(offsets.log());
        int matchState = in.read(matches.log());
        int used = 0;
        for (int i = 0; i < count; i++) {
            int offsetCode = offsets.symbol(offsetState);
            int matchCode = matches.symbol(matchState);
            int literalCode = lengths.symbol(literalState);
            long offsetValue = (1L << offsetCode) + (in.read(offsetCode) & 0xFFFF_FFFFL);
            int match = SequenceCodes.MATCH_BASE[matchCode] + in.read(SequenceCodes.MATCH_BITS[matchCode]);
            int length = SequenceCodes.LITERALS_BASE[literalCode] + in.read(SequenceCodes.LITERALS_BITS[literalCode]);
            if (i < count - 1) {
                literalState = lengths.next(literalState, in);
                matchState = matches.next(matchState, in);
                offsetState = offsets.next(offsetState, in);
            }
            if (in.left() < 0 || length > literals.size() - used) {
                throw new ZstdException("the sequences need more than there is");
            }
            window.append(literals.bytes(), used, length);
            used += length;
            window.repeat(offset(offsetValue, length), match);
        }
        if (in.left() != 0) {
            throw new ZstdException("the sequences have another length");
        }
        window.append(literals.bytes(), used, literals.size() - used);
    }

    /** The distance that a value means, which may be one of the last three. */
    private int offset(long value, int literalLength) throws ZstdException {
        if (value > 3) {
            if (value - 3 > Integer.MAX_VALUE) {
                throw new ZstdException("an offset is too large");
            }
            return use((int) (value - 3));
        }
        int which = (int) value + (literalLength == 0 ? 1 : 0);
        return switch (which) {
            case 1 -> offset1;
            case 2 -> {
                int offset = offset2;
                offset2 = offset1;
                offset1 = offset;
                yield offset;
            }
            case 3 -> use(offset3);
            default -> use(offset1 - 1);
        };
    }

    private int use(int offset) {
        offset3 = offset2;
        offset2 = offset1;
        offset1 = offset;
        return offset;
    }

    private static FseTable present(@Nullable FseTable table) throws ZstdException {
        if (table == null) {
            throw new ZstdException("no table");
        }
        return table;
    }

    private static int byteAt(byte[] in, int position, int end) throws ZstdException {
        if (position >= end) {
            throw new ZstdException("the sequences end early");
        }
        return in[position] & 0xFF;
    }
}

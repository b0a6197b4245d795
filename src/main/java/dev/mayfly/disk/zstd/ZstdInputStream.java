package dev.mayfly.disk.zstd;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Unpacks frames that follow each other. Uses a window of at most {@link #MAX_WINDOW} bytes, which is most of the memory
 * that it takes, and no dictionary. Where a frame says its size or hash, what it unpacks to has that, or reading fails.
 */
public final class ZstdInputStream extends InputStream {

    /** What {@code zstd} uses at its highest level, and what it unpacks itself without being told to. */
    public static final int MAX_WINDOW = 128 * 1024 * 1024;

    static final int MAX_BLOCK = 128 * 1024;
    private static final int MAGIC = 0xFD2FB528;
    private static final int SKIPPABLE = 0x184D2A50;
    private static final long UNKNOWN = -1;

    private final InputStream in;
    private final Window window = new Window();
    private final Literals literals = new Literals();
    private final Sequences sequences = new Sequences(window);
    private final byte[] block = new byte[MAX_BLOCK + ReverseBits.PADDING];
    private boolean inFrame;

    /** What the frame should unpack to, in bytes; {@link #UNKNOWN} if it does not say. */
    private long size = UNKNOWN;

    /** Of what the frame has unpacked to; null if it has no hash. */
    private @Nullable XxHash64 hash;

    private boolean ended;

    public ZstdInputStream(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (window.available() == 0) {
            if (ended) {
                return -1;
            }
            if (inFrame) {
                readBlock();
            } else {
                nextFrame();
            }
        }
        return window.read(target, offset, length);
    }

    private void nextFrame() throws IOException {
        int first = in.read();
        if (first < 0) {
            ended = true;
            return;
        }
        int magic = first | ((int) number(3) << 8);
        if ((magic & ~15) == SKIPPABLE) {
            in.skipNBytes(number(4));
        } else if (magic == MAGIC) {
            readFrameHeader();
        } else {
            throw new ZstdException("no frame where one should begin");
        }
    }

    private void readFrameHeader() throws IOException {
        int descriptor = (int) number(1);
        boolean single = (descriptor & 0x20) != 0;
        if ((descriptor & 0x08) != 0) {
            throw new ZstdException("a reserved bit is set");
        }
        long reach = single ? 0 : windowSize((int) number(1));
        long dictionary = number(new int[] {0, 1, 2, 4}[descriptor & 3]);
        size = contentSize(descriptor >>> 6, single);
        if (single) {
            reach = size;
        }
        if (dictionary != 0) {
            throw new ZstdException("packed with a dictionary, which is not supported");
        }
        if (reach > MAX_WINDOW) {
            throw new ZstdException(
                    "packed with a window of more than " + MAX_WINDOW + " bytes, which is not supported");
        }
        hash = (descriptor & 0x04) != 0 ? new XxHash64() : null;
        inFrame = true;
        window.reset((int) reach);
        literals.reset();
        sequences.reset();
    }

    private static long windowSize(int descriptor) {
        long base = 1L << (10 + (descriptor >>> 3));
        return base + base / 8 * (descriptor & 7);
    }

    private long contentSize(int flag, boolean single) throws IOException {
        return switch (flag) {
            case 0 -> single ? number(1) : UNKNOWN;
            case 1 -> number(2) + 256;
            case 2 -> number(4);
            default -> {
                long large = number(8);
                if (large < 0) {
                    throw new ZstdException("of an impossible size");
                }
                yield large;
            }
        };
    }

    private void readBlock() throws IOException {
        int header = (int) number(3);
        int length = header >>> 3;
        window.makeRoom();
        switch ((header >>> 1) & 3) {
            case 0 -> {
                readFully(length);
                window.append(block, 0, length);
            }
            case 1 -> {
                readFully(1);
                window.fill(block[0], length);
            }
            case 2 -> {
                if (length < 2) {
                    throw new ZstdException("a block is too small");
                }
                readFully(length);
                sequences.execute(block, literals.read(block, length), length, literals);
            }
            default -> throw new ZstdException("a block of an unknown type");
        }
        XxHash64 sum = hash;
        if (sum != null) {
            window.hash(sum);
        }
        if ((header & 1) != 0) {
            inFrame = false;
            requireAsAnnounced(sum);
        }
    }

    private void requireAsAnnounced(@Nullable XxHash64 sum) throws IOException {
        if (size != UNKNOWN && window.written() != size) {
            throw new ZstdException("unpacks to another size than it says");
        }
        if (sum != null && number(Integer.BYTES) != (sum.value() & 0xFFFF_FFFFL)) {
            throw new ZstdException("does not have the hash that it says");
        }
    }

    private void readFully(int size) throws IOException {
        if (size > MAX_BLOCK) {
            throw new ZstdException("a block is too large");
        }
        if (in.readNBytes(block, 0, size) < size) {
            throw new ZstdException("ends early");
        }
    }

    private long number(int bytes) throws IOException {
        long number = 0;
        for (int i = 0; i < bytes; i++) {
            int next = in.read();
            if (next < 0) {
                throw new ZstdException("ends early");
            }
            number |= (long) next << (8 * i);
        }
        return number;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}

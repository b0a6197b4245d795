package dev.mayfly.disk.zstd;

import java.io.IOException;
import java.io.InputStream;

/**
 * Unpacks frames that follow each other. Uses a window of at most {@link #MAX_WINDOW} bytes and no dictionary; content
 * checksums are not compared.
 */
public final class ZstdInputStream extends InputStream {

    /** What {@code zstd} needs at all levels up to 20. */
    public static final int MAX_WINDOW = 64 * 1024 * 1024;

    static final int MAX_BLOCK = 128 * 1024;
    private static final int MAGIC = 0xFD2FB528;
    private static final int SKIPPABLE = 0x184D2A50;

    private final InputStream in;
    private final Window window = new Window();
    private final Literals literals = new Literals();
    private final Sequences sequences = new Sequences(window);
    private final byte[] block = new byte[MAX_BLOCK + ReverseBits.PADDING];
    private boolean inFrame;
    private boolean checksum;
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
        long size = contentSize(descriptor >>> 6, single);
        if (single) {
            reach = size;
        }
        if (dictionary != 0) {
            throw new ZstdException("packed with a dictionary, which is not supported");
        }
        if (reach < 0 || reach > MAX_WINDOW) {
            throw new ZstdException(
                    "packed with a window of more than " + MAX_WINDOW + " bytes, which is not supported");
        }
        checksum = (descriptor & 0x04) != 0;
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
            case 0 -> single ? number(1) : 0;
            case 1 -> number(2) + 256;
            case 2 -> number(4);
            default -> number(8);
        };
    }

    private void readBlock() throws IOException {
        int header = (int) number(3);
        int size = header >>> 3;
        window.makeRoom();
        switch ((header >>> 1) & 3) {
            case 0 -> {
                readFully(size);
                window.append(block, 0, size);
            }
            case 1 -> {
                readFully(1);
                window.fill(block[0], size);
            }
            case 2 -> {
                if (size < 2) {
                    throw new ZstdException("a block is too small");
                }
                readFully(size);
                sequences.execute(block, literals.read(block, size), size, literals);
            }
            default -> throw new ZstdException("a block of an unknown type");
        }
        if ((header & 1) != 0) {
            inFrame = false;
            number(checksum ? 4 : 0);
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

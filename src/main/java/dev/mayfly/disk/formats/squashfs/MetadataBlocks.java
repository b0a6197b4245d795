package dev.mayfly.disk.formats.squashfs;

import dev.mayfly.disk.formats.input.Bytes;
import dev.mayfly.disk.formats.input.ImageFile;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** The blocks that inodes, directories and tables are in, each of 8 KiB once it is unpacked. Remembers those used last. */
final class MetadataBlocks {

    static final int BLOCK_BYTES = 8192;

    private static final int HEADER_BYTES = 2;
    private static final int PLAIN = 0x8000;
    private static final int REMEMBERED = 512;

    /**
     * A block.
     *
     * @param next where the block behind it is in the image
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Block(byte[] bytes, long next) {}

    private final ImageFile image;
    private final Compression compression;
    private final Map<Long, Block> blocks = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Block> eldest) {
            return size() > REMEMBERED;
        }
    };

    MetadataBlocks(ImageFile image, Compression compression) {
        this.image = image;
        this.compression = compression;
    }

    Block at(long place) throws IOException, DiskImageException {
        Block block = blocks.get(place);
        if (block == null) {
            block = read(place);
            blocks.put(place, block);
        }
        return block;
    }

    private Block read(long place) throws IOException, DiskImageException {
        int header = image.read(place, HEADER_BYTES).u16(0);
        int length = header & ~PLAIN;
        if (length == 0 || length > BLOCK_BYTES) {
            throw new DiskImageException(Reason.MALFORMED, "no block of metadata, at byte " + place);
        }
        Bytes stored = image.read(place + HEADER_BYTES, length);
        long next = place + HEADER_BYTES + length;
        if ((header & PLAIN) != 0) {
            return new Block(stored.array(), next);
        }
        byte[] target = new byte[BLOCK_BYTES];
        int count = compression.unpack(stored.array(), length, target, place);
        return new Block(Arrays.copyOf(target, count), next);
    }
}

package dev.mayfly.disk.formats.squashfs;

import dev.mayfly.disk.formats.input.Bytes;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import java.io.IOException;

/** Reads on through blocks of metadata. */
final class MetadataCursor {

    private final MetadataBlocks blocks;
    private MetadataBlocks.Block block;
    private long place;
    private int offset;

    /**
     * A cursor.
     *
     * @param place where the first block is in the image
     * @param offset in that block
     */
    MetadataCursor(MetadataBlocks blocks, long place, int offset) throws IOException, DiskImageException {
        this.blocks = blocks;
        this.place = place;
        this.block = blocks.at(place);
        this.offset = offset;
        if (offset > block.bytes().length) {
            throw new DiskImageException(Reason.MALFORMED, "a reference behind its block, at byte " + place);
        }
    }

    /** Reads so many bytes, at most 64 KiB. */
    Bytes read(int length) throws IOException, DiskImageException {
        byte[] bytes = new byte[length];
        for (int done = 0; done < length; ) {
            if (offset == block.bytes().length) {
                place = block.next();
                block = blocks.at(place);
                offset = 0;
            }
            int count = Math.min(length - done, block.bytes().length - offset);
            System.arraycopy(block.bytes(), offset, bytes, done, count);
            offset += count;
            done += count;
        }
        return new Bytes(bytes, length, place);
    }
}

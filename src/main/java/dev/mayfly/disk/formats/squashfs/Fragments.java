package dev.mayfly.disk.formats.squashfs;

import dev.mayfly.disk.formats.input.Bytes;
import dev.mayfly.disk.formats.input.ImageFile;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import dev.mayfly.disk.layout.FileContents;
import java.io.IOException;

/** The blocks that hold the ends of several files. Remembers the one used last. */
final class Fragments {

    private static final int ENTRY_BYTES = 16;
    private static final int ENTRIES = MetadataBlocks.BLOCK_BYTES / ENTRY_BYTES;

    private final ImageFile image;
    private final Superblock superblock;
    private final MetadataBlocks metadata;
    private final DataBlocks data;
    private final byte[] bytes;
    private long known = -1;
    private int length;

    Fragments(ImageFile image, Superblock superblock, MetadataBlocks metadata, DataBlocks data) {
        this.image = image;
        this.superblock = superblock;
        this.metadata = metadata;
        this.data = data;
        this.bytes = new byte[superblock.blockBytes()];
    }

    /** The fragment, whole, for a file; valid until the next is asked for. */
    Bytes get(long number, FileContents file) throws IOException, DiskImageException {
        if (number >= superblock.fragments()) {
            throw new DiskImageException(Reason.MALFORMED, "there is no fragment " + number);
        }
        if (number != known) {
            known = -1;
            long block = image.read(superblock.fragmentTable() + number / ENTRIES * Long.BYTES, Long.BYTES)
                    .s64(0);
            Bytes entry = new MetadataCursor(metadata, block, (int) (number % ENTRIES) * ENTRY_BYTES).read(ENTRY_BYTES);
            length = data.read(entry.s64(0), entry.u32(8), bytes);
            file.unpacked(length);
            known = number;
        }
        return new Bytes(bytes, length, 0);
    }
}

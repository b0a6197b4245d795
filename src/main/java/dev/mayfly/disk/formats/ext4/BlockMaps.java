package dev.mayfly.disk.formats.ext4;

import dev.mayfly.disk.formats.input.Bytes;
import dev.mayfly.disk.formats.input.ImageFile;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import java.io.IOException;

/** Walks what says where a file's blocks are: a tree of extents, or the lists of blocks of ext2. */
final class BlockMaps {

    private static final int EXTENT_MAGIC = 0xF30A;
    static final int EXTENT_BYTES = 12;
    private static final int MAX_DEPTH = 5;
    private static final int UNWRITTEN = 32_768;
    private static final int DIRECT = 12;
    private static final int INDIRECT_LEVELS = 3;

    private final ImageFile image;
    private final Superblock superblock;

    /** Blocks that were read for where other blocks are. */
    private long used;

    BlockMaps(ImageFile image, Superblock superblock) {
        this.image = image;
        this.superblock = superblock;
    }

    /** Walks the blocks of a file, as far as its size goes. */
    void walk(Inode inode, BlockRun run) throws IOException, DiskImageException {
        long blocks = blocksOf(inode);
        if (inode.inExtents()) {
            Bytes root = inode.map();
            new ExtentWalk(inode, blocks, run).node(root, root.u16(6));
        } else {
            new ListWalk(blocks, run).file(inode.map());
        }
    }

    private long blocksOf(Inode inode) throws DiskImageException {
        return (inode.size() + superblock.blockBytes() - 1) / superblock.blockBytes();
    }

    private Bytes block(long place) throws IOException, DiskImageException {
        requirePlace(place, 1);
        if (++used > superblock.blocks()) {
            throw new DiskImageException(Reason.MALFORMED, "files share blocks that say where contents are");
        }
        return image.read(place * superblock.blockBytes(), superblock.blockBytes());
    }

    private void requirePlace(long place, long count) throws DiskImageException {
        if (place <= 0 || place > superblock.blocks() - count) {
            throw new DiskImageException(Reason.MALFORMED, "a block outside of the image: " + place);
        }
    }

    private final class ExtentWalk {

        private final Inode inode;
        private final long blocks;
        private final BlockRun run;
        private long next;

        ExtentWalk(Inode inode, long blocks, BlockRun run) {
            this.inode = inode;
            this.blocks = blocks;
            this.run = run;
        }

        void node(Bytes node, int depth) throws IOException, DiskImageException {
            if (node.u16(0) != EXTENT_MAGIC || node.u16(6) != depth || depth > MAX_DEPTH) {
                throw new DiskImageException(Reason.MALFORMED, "no node of extents, " + node.place(0));
            }
            int count = node.u16(2);
            for (int i = 1; i <= count; i++) {
                int at = i * EXTENT_BYTES;
                long first = node.u32(at);
                if (first < next) {
                    throw new DiskImageException(Reason.MALFORMED, "extents out of order, " + node.place(at));
                }
                if (depth > 0) {
                    Bytes below = block(node.u32(at + 4) | ((long) node.u16(at + 8) << 32));
                    superblock.checksums().requireExtents(inode, below);
                    node(below, depth - 1);
                    next = Math.max(next, first + 1);
                } else {
                    leaf(first, node.u16(at + 4), node.u32(at + 8) | ((long) node.u16(at + 6) << 32));
                }
            }
        }

        private void leaf(long first, int length, long place) throws IOException, DiskImageException {
            boolean written = length <= UNWRITTEN;
            int count = written ? length : length - UNWRITTEN;
            next = first + count;
            long used = Math.min(count, blocks - first);
            if (written && used > 0) {
                requirePlace(place, count);
                run.take(first, place, used);
            }
        }
    }

    private final class ListWalk {

        private final long blocks;
        private final BlockRun run;
        private long next;

        ListWalk(long blocks, BlockRun run) {
            this.blocks = blocks;
            this.run = run;
        }

        void file(Bytes map) throws IOException, DiskImageException {
            for (int i = 0; i < DIRECT; i++) {
                take(map.u32(i * Integer.BYTES));
            }
            for (int level = 0; level < INDIRECT_LEVELS; level++) {
                list(map.u32((DIRECT + level) * Integer.BYTES), level);
            }
        }

        private void list(long place, int level) throws IOException, DiskImageException {
            int entries = superblock.blockBytes() / Integer.BYTES;
            if (place == 0 || next >= blocks) {
                next += (long) Math.pow(entries, level + 1.0);
                return;
            }
            Bytes list = block(place);
            for (int i = 0; i < entries && next < blocks; i++) {
                if (level == 0) {
                    take(list.u32(i * Integer.BYTES));
                } else {
                    list(list.u32(i * Integer.BYTES), level - 1);
                }
            }
        }

        private void take(long place) throws IOException, DiskImageException {
            if (place != 0 && next < blocks) {
                requirePlace(place, 1);
                run.take(next, place, 1);
            }
            next++;
        }
    }
}

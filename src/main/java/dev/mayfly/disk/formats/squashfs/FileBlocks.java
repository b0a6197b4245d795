package dev.mayfly.disk.formats.squashfs;

import dev.mayfly.disk.formats.input.Bytes;
import dev.mayfly.disk.formats.input.ImageFile;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import dev.mayfly.disk.layout.DiskLimits;
import dev.mayfly.disk.layout.DraftFile;
import dev.mayfly.disk.layout.FileContents;
import dev.mayfly.disk.layout.Shown;
import java.io.IOException;

/** Reads contents: whole blocks, and the end in a fragment or a block of its own. */
final class FileBlocks {

    private final int blockBytes;
    private final DataBlocks data;
    private final Fragments fragments;
    private final byte[] block;

    FileBlocks(ImageFile image, Superblock superblock, MetadataBlocks metadata) {
        this.blockBytes = superblock.blockBytes();
        this.data = new DataBlocks(image, superblock);
        this.fragments = new Fragments(image, superblock, metadata, data);
        this.block = new byte[blockBytes];
    }

    DraftFile read(FileContents target, Inode.File file, String path) throws IOException, DiskImageException {
        if (file.size() < 0 || file.size() > DiskLimits.MAX_FILE_BYTES) {
            throw new DiskImageException(
                    Reason.TOO_LARGE,
                    "a file of more than " + DiskLimits.MAX_FILE_BYTES + " bytes: " + Shown.text(path));
        }
        boolean inFragment = file.fragment() != Inode.NO_FRAGMENT;
        long whole = inFragment ? file.size() / blockBytes * blockBytes : file.size();
        long place = file.start();
        for (long done = 0; done < whole; done += blockBytes) {
            long size = file.sizes().read(Integer.BYTES).u32(0);
            readBlock(target, place, size, (int) Math.min(blockBytes, whole - done), path);
            place += DataBlocks.storedBytes(size);
        }
        if (whole < file.size()) {
            readEnd(target, file, (int) (file.size() - whole), path);
        }
        return target.end();
    }

    private void readBlock(FileContents target, long place, long size, int expected, String path)
            throws IOException, DiskImageException {
        if (size == 0) {
            target.skip(expected);
            return;
        }
        int count = data.read(place, size, block);
        if (count != expected) {
            throw new DiskImageException(
                    Reason.SIZE_MISMATCH,
                    "a block has " + count + " bytes, and should have " + expected + ": " + Shown.text(path));
        }
        target.write(block, 0, count);
    }

    private void readEnd(FileContents target, Inode.File file, int length, String path)
            throws IOException, DiskImageException {
        Bytes fragment = fragments.get(file.fragment(), target);
        if (file.offset() > fragment.length() - length) {
            throw new DiskImageException(Reason.SIZE_MISMATCH, "its end is not in the fragment: " + Shown.text(path));
        }
        target.write(fragment.array(), (int) file.offset(), length);
    }
}

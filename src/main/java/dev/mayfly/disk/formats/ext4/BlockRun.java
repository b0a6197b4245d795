package dev.mayfly.disk.formats.ext4;

import dev.mayfly.disk.layout.DiskImageException;
import java.io.IOException;

/** Takes the blocks of a file, in the order of the file; what is between them is a hole. */
interface BlockRun {

    /**
     * Some blocks.
     *
     * @param block the first, counted from the beginning of the file
     * @param place the first, counted from the beginning of the image
     * @param count how many
     */
    void take(long block, long place, long count) throws IOException, DiskImageException;
}

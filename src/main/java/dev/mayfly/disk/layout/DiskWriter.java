package dev.mayfly.disk.layout;

import dev.mayfly.disk.layout.DiskImageException.Reason;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.HexFormat;

/** Lays out a disk: contents as they come, then the tree. */
public final class DiskWriter {

    static final int BUFFER_BYTES = 64 * 1024;

    private static final long MAX_HOLE_BYTES = 4 * DiskLimits.MAX_FILE_BYTES;
    private static final int MAX_UNPACKINGS = 4;

    private final Appender out;
    private final DiskLimits limits;
    private final DraftTree tree;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private long contentBytes;
    private long holeBytes;
    private long unpackedBytes;

    /** A disk with an empty root. */
    public DiskWriter(WritableByteChannel target, DiskLimits limits) {
        this.out = new Appender(target);
        this.limits = limits;
        this.tree = new DraftTree(limits);
    }

    public DraftTree tree() {
        return tree;
    }

    /** Begins a file; it must be ended before the next is begun. */
    public FileContents file(long modified) {
        return new FileContents(this, buffer, new DraftFile(modified));
    }

    /** Completes the disk. */
    public LaidOutDisk finish() throws IOException {
        TreeTables tables = new TreeTables(tree.root());
        tables.write(out);
        return new LaidOutDisk(HexFormat.of().formatHex(out.digest()), out.position(), contentBytes, tables.nodes());
    }

    void count(long bytes) throws DiskImageException {
        contentBytes += bytes;
        if (contentBytes > limits.bytes()) {
            throw new DiskImageException(
                    Reason.TOO_LARGE, "the files have more than " + limits.bytes() + " bytes together");
        }
    }

    /** Holes take nothing, but it takes time to read how many there are. */
    void countHole(long bytes) throws DiskImageException {
        holeBytes += bytes;
        if (holeBytes > MAX_HOLE_BYTES) {
            throw new DiskImageException(
                    Reason.TOO_LARGE, "the files have holes of more than " + MAX_HOLE_BYTES + " bytes together");
        }
    }

    /** What is shared by files may have to be unpacked for each of them again. */
    void countUnpacked(long bytes) throws DiskImageException {
        unpackedBytes += bytes;
        if (unpackedBytes / MAX_UNPACKINGS > limits.bytes()) {
            throw new DiskImageException(
                    Reason.TOO_LARGE,
                    "what files share unpacks to more than " + MAX_UNPACKINGS + " times the " + limits.bytes()
                            + " bytes that all may have");
        }
    }

    /** Returns where it was written. */
    long append(byte[] bytes, int length) throws IOException {
        long place = out.position();
        out.append(bytes, 0, length);
        return place;
    }
}

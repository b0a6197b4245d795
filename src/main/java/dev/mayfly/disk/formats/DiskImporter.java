package dev.mayfly.disk.formats;

import dev.mayfly.disk.formats.ext4.Ext4Reader;
import dev.mayfly.disk.formats.input.ImageFile;
import dev.mayfly.disk.formats.squashfs.SquashfsReader;
import dev.mayfly.disk.formats.tar.TarReader;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import dev.mayfly.disk.layout.DiskLimits;
import dev.mayfly.disk.layout.DiskWriter;
import dev.mayfly.disk.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/** Makes a disk of an image. The image is hostile: it is read here, once, and never by whoever uses the disk. */
public final class DiskImporter {

    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int XZ_MEMORY_KIB = 80 * 1024;
    private static final long MAX_REST_BYTES = 1L << 30;

    private final DiskLimits limits;

    public DiskImporter(DiskLimits limits) {
        this.limits = limits;
    }

    /**
     * Reads an image and lays out the disk.
     *
     * @throws DiskImageException if no disk can be made of the image
     * @throws IOException if the image cannot be read, or the target not written to
     */
    public ImportedDisk lay(Path image, WritableByteChannel target) throws IOException, DiskImageException {
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ)) {
            ImageFile file = new ImageFile(channel);
            DiskFormat format = FormatSniffer.sniff(file)
                    .orElseThrow(() -> new DiskImageException(
                            Reason.UNKNOWN_FORMAT,
                            "neither squashfs nor ext4 nor tar, plain or compressed with gzip, xz or zstd"));
            DiskWriter disk = new DiskWriter(target, limits);
            switch (format) {
                case SQUASHFS -> new SquashfsReader(file).read(disk);
                case EXT4 -> new Ext4Reader(file).read(disk);
                case TAR, TAR_GZIP, TAR_XZ, TAR_ZSTD -> readTar(channel, format, disk);
            }
            return new ImportedDisk(format, disk.finish());
        }
    }

    private static void readTar(FileChannel channel, DiskFormat format, DiskWriter disk)
            throws IOException, DiskImageException {
        InputStream packed = new BufferedInputStream(Channels.newInputStream(channel.position(0)), BUFFER_BYTES);
        try (InputStream archive = new UnpackedStream(() -> unpacked(format, packed))) {
            new TarReader(archive).read(disk);
            if (format != DiskFormat.TAR) {
                readToItsChecksum(archive);
            }
        } catch (UnpackedStream.CorruptException e) {
            throw new DiskImageException(Reason.CORRUPT_DATA, "the archive cannot be unpacked: " + e.getMessage());
        }
    }

    /** What is behind the last entry means nothing, but what is packed is known to be intact at its end only. */
    private static void readToItsChecksum(InputStream archive) throws IOException, DiskImageException {
        byte[] rest = new byte[BUFFER_BYTES];
        long bytes = 0;
        for (int count = archive.read(rest); count >= 0; count = archive.read(rest)) {
            bytes += count;
            if (bytes > MAX_REST_BYTES) {
                throw new DiskImageException(
                        Reason.TOO_LARGE, "more than " + MAX_REST_BYTES + " bytes follow the end of the archive");
            }
        }
    }

    private static InputStream unpacked(DiskFormat format, InputStream packed) throws IOException {
        return switch (format) {
            case TAR_GZIP -> new GZIPInputStream(packed, BUFFER_BYTES);
            case TAR_XZ -> new XZInputStream(packed, XZ_MEMORY_KIB);
            case TAR_ZSTD -> new ZstdInputStream(packed);
            case TAR, SQUASHFS, EXT4 -> packed;
        };
    }
}

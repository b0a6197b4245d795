package dev.mayfly.archives;

import dev.mayfly.disk.FileException;
import dev.mayfly.disk.FileSystem;
import dev.mayfly.scheduling.NanoClock;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;

/** Packs what an instance changed, within bounds: who made the files may want to hold a slot, or fill a disk. */
final class ArchivePacker {

    /** The tar comes in pieces of 512 bytes. */
    private static final int BUFFER_BYTES = 64 * 1024;

    private final ArchiveStaging staging;
    private final ArchiveProperties properties;
    private final NanoClock clock;

    ArchivePacker(ArchiveStaging staging, ArchiveProperties properties, NanoClock clock) {
        this.staging = staging;
        this.properties = properties;
        this.clock = clock;
    }

    /**
     * Packs into a new file.
     *
     * @throws ArchiveRefusedException if there is nothing to pack, or it cannot be
     */
    StagedArchive pack(FileSystem files) throws IOException, FileException {
        Path file = staging.newFile();
        try {
            int entries = write(files, file);
            return new StagedArchive(file, Files.size(file), entries);
        } catch (Throwable e) {
            StagedArchive.delete(file);
            throw e;
        }
    }

    private int write(FileSystem files, Path file) throws IOException, FileException {
        long deadline = clock.nanoTime() + properties.maxTime().toNanos();
        try (OutputStream disk = new BufferedOutputStream(Files.newOutputStream(file));
                OutputStream gzip = new GzipCompressorOutputStream(disk, fast())) {
            LayerWriter layer = new LayerWriter(new BoundedOutput(
                    new BufferedOutputStream(gzip, BUFFER_BYTES),
                    properties.maxSize().toBytes(),
                    clock,
                    deadline));
            files.visitChanges(layer);
            if (layer.entries() == 0) {
                throw new ArchiveRefusedException(ArchiveState.UNCHANGED);
            }
            layer.finish();
            return layer.entries();
        }
    }

    /** A slot is taken meanwhile. */
    private static GzipParameters fast() {
        GzipParameters parameters = new GzipParameters();
        parameters.setCompressionLevel(Deflater.BEST_SPEED);
        return parameters;
    }
}

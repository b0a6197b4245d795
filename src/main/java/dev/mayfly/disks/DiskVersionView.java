package dev.mayfly.disks;

import dev.mayfly.artifacts.ContentDigest;
import dev.mayfly.disk.formats.ImportedDisk;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * A version of a disk as clients see it.
 *
 * @param digest of the disk as it is kept: the same tree from the same image is the same disk
 * @param format of the image: {@code squashfs}, {@code ext4}, {@code tar}, {@code tar-gzip}, {@code tar-xz} or {@code
 *     tar-zstd}
 * @param uploadDigest of the image as it was uploaded
 * @param uploadBytes of the image
 * @param contentBytes of all files together, uncompressed
 * @param files files, directories and links, the root included
 */
@Schema(name = "DiskVersion")
record DiskVersionView(
        String disk,
        int version,
        @Schema(example = "sha256:9f86d0...") String digest,
        String format,
        String uploadDigest,
        long uploadBytes,
        long contentBytes,
        int files,
        Instant createdAt) {

    static DiskVersionView of(
            DiskName disk, int version, ContentDigest upload, long uploadBytes, ImportedDisk imported, Instant now) {
        return new DiskVersionView(
                disk.value(),
                version,
                new ContentDigest(imported.disk().sha256()).toString(),
                imported.format().word(),
                upload.toString(),
                uploadBytes,
                imported.disk().contentBytes(),
                imported.disk().files(),
                now);
    }
}

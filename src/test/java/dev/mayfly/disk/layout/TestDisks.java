package dev.mayfly.disk.layout;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Disks that tests lay out themselves. */
public final class TestDisks {

    /** Puts something on a disk. */
    public interface Content {
        void write(DiskWriter disk) throws IOException, DiskImageException;
    }

    private TestDisks() {}

    /** Lays out a disk in a new file, and maps it. */
    public static StoredDisk make(Path file, Content content) throws IOException, DiskImageException {
        try (FileChannel target = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            DiskWriter disk = new DiskWriter(target, new DiskLimits(1L << 40, 1_000_000));
            content.write(disk);
            disk.finish();
        }
        return StoredDisk.open(file);
    }

    /** Puts a file into a directory. */
    public static DraftFile file(DiskWriter disk, DraftDirectory parent, String name, byte[] contents)
            throws IOException, DiskImageException {
        FileContents target = disk.file(1_000);
        target.write(contents, 0, contents.length);
        DraftFile file = target.end();
        disk.tree().name(parent, name, file);
        return file;
    }

    public static DraftFile file(DiskWriter disk, DraftDirectory parent, String name, String contents)
            throws IOException, DiskImageException {
        return file(disk, parent, name, contents.getBytes(StandardCharsets.UTF_8));
    }
}

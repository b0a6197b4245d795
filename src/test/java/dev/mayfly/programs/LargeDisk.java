package dev.mayfly.programs;

import dev.mayfly.disk.formats.DiskImporter;
import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskLimits;
import dev.mayfly.disk.layout.StoredDisk;
import dev.mayfly.testsupport.DiskTools;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/**
 * A disk with one file of random bytes, called {@code large}.
 *
 * @param file the same contents on the machine
 * @param disk as it is kept
 */
record LargeDisk(Path file, Path disk) {

    /** Makes one. */
    static LargeDisk make(Path directory, int mebibytes) throws IOException, DiskImageException {
        Path tree = Files.createDirectory(directory.resolve("tree"));
        Path file = tree.resolve("large");
        byte[] random = new byte[1 << 20];
        Random source = new Random(1);
        try (FileChannel target = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            for (int i = 0; i < mebibytes; i++) {
                source.nextBytes(random);
                target.write(ByteBuffer.wrap(random));
            }
        }
        Path image = DiskTools.tar(tree, directory.resolve("large.tar"));
        Path disk = directory.resolve("large.disk");
        long start = System.nanoTime();
        try (FileChannel target = FileChannel.open(disk, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            new DiskImporter(new DiskLimits(4L << 30, 10_000)).lay(image, target);
        }
        System.out.printf("%d MiB of tar laid out in %d ms%n", mebibytes, (System.nanoTime() - start) / 1_000_000);
        Files.delete(image);
        return new LargeDisk(file, disk);
    }

    StoredDisk open() throws IOException {
        return StoredDisk.open(disk);
    }
}

package dev.mayfly.disk.layout;

import dev.mayfly.disk.LowerNode.LowerDirectory;
import dev.mayfly.disk.LowerNode.LowerEntry;
import dev.mayfly.disk.LowerNode.LowerFile;
import dev.mayfly.disk.LowerNode.LowerLink;
import dev.mayfly.testsupport.ByteEdits;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Changes to a disk as it is kept that are the input of a fuzzer; with the first byte even, the hash of the tables is put
 * right again, as who makes up a disk would. Requires that the disk is refused, or that everything on it can be read.
 */
public final class LaidDiskFuzzer {

    private static final int READ_BYTES = 100_000;

    private static final class Lazy {
        private static final Path WORK = work();
        private static final ByteEdits DISK = new ByteEdits(disk());
    }

    private LaidDiskFuzzer() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length > 0) {
            run(input);
        }
    }

    /** Returns whether the changed disk can be opened. */
    static boolean run(byte[] input) throws IOException {
        byte[] disk = Lazy.DISK.apply(input, 1);
        if (input[0] % 2 == 0) {
            repairHash(disk);
        }
        return attempt(disk);
    }

    private static boolean attempt(byte[] bytes) throws IOException {
        Path file = Files.write(Lazy.WORK.resolve("changed"), bytes);
        Optional<StoredDisk> opened = open(file);
        if (opened.isEmpty()) {
            return false;
        }
        try (StoredDisk disk = opened.get()) {
            long names = readAll(disk.root(), 0);
            if (names > bytes.length) {
                throw new IllegalStateException("more names than bytes");
            }
            return true;
        }
    }

    private static Optional<StoredDisk> open(Path file) {
        try {
            return Optional.of(StoredDisk.open(file));
        } catch (IOException refused) {
            return Optional.empty();
        }
    }

    private static long readAll(LowerDirectory directory, int depth) throws IOException {
        if (depth > DiskLimits.MAX_DEPTH) {
            throw new IllegalStateException("nested too deep");
        }
        long names = 1;
        for (int i = 0; i < directory.count(); i++) {
            LowerEntry entry = directory.entry(i);
            names++;
            switch (directory.node(i)) {
                case LowerDirectory inner -> names += readAll(inner, depth + 1);
                case LowerFile file -> readEnds(file);
                case LowerLink link -> link.target();
            }
            directory.find(entry.name());
        }
        return names;
    }

    private static void readEnds(LowerFile file) throws IOException {
        int length = (int) Math.min(file.size(), READ_BYTES);
        file.read(0, ByteBuffer.allocate(length), length);
        file.read(file.size() - length, ByteBuffer.allocate(length), length);
    }

    private static void repairHash(byte[] disk) {
        int trailer = disk.length - Layout.TRAILER_BYTES;
        if (trailer >= 0) {
            long start = ByteBuffer.wrap(disk).order(ByteOrder.LITTLE_ENDIAN).getLong(trailer + Layout.TRAILER_TABLES);
            int from = Math.clamp(start, 0, trailer);
            MessageDigest hash = Appender.sha256();
            hash.update(disk, from, trailer + Layout.TRAILER_HASH - from);
            System.arraycopy(hash.digest(), 0, disk, trailer + Layout.TRAILER_HASH, hash.getDigestLength());
        }
    }

    private static byte[] disk() {
        try {
            Path file = Lazy.WORK.resolve("disk");
            TestDisks.make(file, LaidDiskFuzzer::fill);
            return Files.readAllBytes(file);
        } catch (IOException | DiskImageException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void fill(DiskWriter disk) throws IOException, DiskImageException {
        DraftTree tree = disk.tree();
        DraftDirectory a = tree.directory(tree.root(), "a", 1);
        DraftDirectory b = tree.directory(a, "b", 2);
        tree.directory(tree.root(), "empty", 3);
        tree.name(b, "again", TestDisks.file(disk, a, "short", "short"));
        FileContents sparse = disk.file(4);
        sparse.write(new byte[] {1, 2, 3}, 0, 3);
        sparse.skip(200_000);
        sparse.write(new byte[] {4, 5}, 0, 2);
        tree.name(b, "sparse", sparse.end());
        tree.link(b, "link", "../short", 5);
        tree.link(tree.root(), "nowhere", "x".repeat(50), 6);
        for (int i = 0; i < 5; i++) {
            TestDisks.file(disk, a, "file" + i, "contents " + i);
        }
    }

    private static Path work() {
        try {
            return Files.createTempDirectory("mayfly-laid");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}

package dev.mayfly.disk.formats;

import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskLimits;
import dev.mayfly.disk.layout.StoredDisk;
import dev.mayfly.testsupport.ByteEdits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * An image that is the input of a fuzzer: changes to one of those in {@code target/fuzz/images}, whose number is the first
 * byte; or, if there is none of that number, the bytes behind it. Requires that it
 *
 * <ul>
 *   <li>is refused with a reason, or makes a disk, on which everything can be found and read to its size;
 *   <li>writes nothing but that disk;
 *   <li>takes no more time and memory than the process is given.
 * </ul>
 */
public final class DiskImageFuzzer {

    static final Path IMAGES = Path.of("target/fuzz/images");

    /** The first byte of an input that is an image itself. */
    static final byte WHOLE = (byte) 0xFF;

    private static final DiskLimits LIMITS = new DiskLimits(8 << 20, 500);

    private static final class Lazy {
        private static final List<ByteEdits> ORIGINALS = originals();
        private static final Path WORK = work();
    }

    private DiskImageFuzzer() {}

    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        if (input.length == 0) {
            return;
        }
        byte[] image = imageOf(input);
        try {
            attempt(image);
        } catch (IOException | RuntimeException | Error e) {
            Files.write(Path.of("target/fuzz", "bad-image-" + Integer.toHexString(Arrays.hashCode(image))), image);
            throw e;
        }
    }

    private static byte[] imageOf(byte[] input) {
        int number = input[0] & 0xFF;
        return number < Lazy.ORIGINALS.size()
                ? TarSums.repair(Lazy.ORIGINALS.get(number).apply(input, 1))
                : Arrays.copyOfRange(input, 1, input.length);
    }

    /** Makes a disk of an image and reads it; says so, or why it is refused. */
    static String attempt(byte[] bytes) throws IOException {
        Path image = Files.write(Lazy.WORK.resolve("image"), bytes);
        Path disk = Lazy.WORK.resolve("disk");
        String end = lay(image, disk);
        try (Stream<Path> files = Files.list(Lazy.WORK)) {
            require(files.count() == 2, "something else was written");
        }
        return end;
    }

    private static String lay(Path image, Path disk) throws IOException {
        try (FileChannel target = FileChannel.open(
                disk, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            ImportedDisk imported = new DiskImporter(LIMITS).lay(image, target);
            require(imported.disk().bytes() == Files.size(disk), "the disk has another size");
            try (StoredDisk laid = StoredDisk.open(disk)) {
                require(laid.nodes() <= LIMITS.files(), "more files than there may be");
                require(Description.check(laid) <= LIMITS.files(), "more names than there may be");
            }
            return "disk";
        } catch (DiskImageException e) {
            require(!String.valueOf(e.getMessage()).isBlank(), "refused without a reason");
            return e.reason().toString();
        }
    }

    private static void require(boolean held, String otherwise) {
        if (!held) {
            throw new IllegalStateException(otherwise);
        }
    }

    private static List<ByteEdits> originals() {
        if (!Files.isDirectory(IMAGES)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(IMAGES)) {
            List<ByteEdits> originals = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                originals.add(new ByteEdits(Files.readAllBytes(file)));
            }
            return originals;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path work() {
        try {
            return Files.createTempDirectory("mayfly-images");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

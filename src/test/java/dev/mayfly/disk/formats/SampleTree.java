package dev.mayfly.disk.formats;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A directory with something of everything that a disk can have in it. */
final class SampleTree {

    /** Names that fold into each other by case or Unicode form. */
    static final List<String> DIFFERENT =
            List.of("name", "Name", "NAME", "\u00E9", "e\u0301", "\u00C9", "\u00DF", "ss");

    private SampleTree() {}

    static Path make(Path root) throws IOException {
        Random random = new Random(7);
        Files.createDirectories(root.resolve("a/b/c/d/e/f"));
        Files.createDirectory(root.resolve("empty"));
        Files.createFile(root.resolve("nothing"));
        Files.writeString(root.resolve("a/b/short"), "short");
        Files.writeString(root.resolve("a/grüße-日本"), "unicode");
        Files.writeString(root.resolve("a/" + "n".repeat(255)), "a long name");
        for (String name : DIFFERENT) {
            Files.writeString(Files.createDirectories(root.resolve("different")).resolve(name), "of " + name);
        }
        Files.write(root.resolve("a/random"), bytes(random, 700_001));
        Files.write(root.resolve("a/block"), bytes(random, 131_072));
        Files.writeString(root.resolve("a/text"), "All work and no play. ".repeat(30_000));
        Files.write(root.resolve("a/zeros"), new byte[500_000]);
        Files.createLink(root.resolve("a/b/c/same"), root.resolve("a/random"));
        Files.createLink(root.resolve("a/b/c/same short"), root.resolve("a/b/short"));
        Files.createSymbolicLink(root.resolve("link"), Path.of("a/b/short"));
        Files.createSymbolicLink(root.resolve("a/b/up"), Path.of("../../link"));
        Files.createSymbolicLink(root.resolve("absolute"), Path.of("/a/b"));
        Files.createSymbolicLink(root.resolve("dangling"), Path.of("no/where/" + "x".repeat(100)));
        sparse(root.resolve("sparse"));
        Files.createDirectory(root.resolve("many"));
        for (int i = 0; i < 1_500; i++) {
            Files.writeString(root.resolve("many/" + "file-with-quite-a-long-name-" + i), "contents of " + i);
        }
        return age(root);
    }

    private static void sparse(Path file) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(1);
            out.seek(900_000);
            out.write("in the middle".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            out.setLength(3_000_000);
        }
    }

    /** Gives all files the same time, in full seconds. */
    static Path age(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            Instant then = Instant.parse("2021-03-04T05:06:07Z");
            for (Path path : all.filter(path -> !Files.isSymbolicLink(path)).toList()) {
                Files.setLastModifiedTime(path, FileTime.from(then));
            }
        }
        return root;
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}

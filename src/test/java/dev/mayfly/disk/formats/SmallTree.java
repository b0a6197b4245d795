package dev.mayfly.disk.formats;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;

/** A small directory with something of everything, so that most of its image is structure. */
final class SmallTree {

    private SmallTree() {}

    static Path make(Path root) throws IOException {
        Files.createDirectories(root.resolve("a/b/c"));
        Files.writeString(root.resolve("a/short"), "short");
        Files.writeString(root.resolve("a/b/text"), "some text that compresses. ".repeat(600));
        byte[] random = new byte[9_000];
        new Random(1).nextBytes(random);
        Files.write(root.resolve("a/b/c/random"), random);
        Files.createLink(root.resolve("same"), root.resolve("a/short"));
        Files.createSymbolicLink(root.resolve("link"), Path.of("a/short"));
        Files.createSymbolicLink(root.resolve("a/far"), Path.of("x".repeat(90)));
        Files.writeString(root.resolve("a/" + "n".repeat(200)), "a long name");
        try (RandomAccessFile sparse =
                new RandomAccessFile(root.resolve("sparse").toFile(), "rw")) {
            sparse.seek(70_000);
            sparse.write("end".getBytes(StandardCharsets.UTF_8));
        }
        for (int i = 0; i < 12; i++) {
            Files.writeString(root.resolve("a/b/file" + i), "contents " + i);
        }
        return root;
    }
}

package dev.mayfly.testsupport;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Files that take long to make, kept from one build to the next.
 *
 * @param directory that holds them
 */
record ProgramCache(Path directory) {

    /** Makes a file. */
    interface Maker {
        /**
         * Makes the file.
         *
         * @param workspace an empty directory, removed afterwards
         * @return the file, in the workspace
         */
        Path make(Path workspace) throws IOException;
    }

    /** The file of that name, made if it is not there. A file in the cache is complete. */
    synchronized Path get(String name, Maker maker) throws IOException {
        Path cached = directory.resolve(name);
        if (Files.exists(cached)) {
            return cached;
        }
        Files.createDirectories(directory);
        Path workspace = Files.createTempDirectory(directory, "making-");
        try {
            return Files.move(maker.make(workspace), cached, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(workspace);
        }
    }

    private static void delete(Path tree) throws IOException {
        Files.walkFileTree(tree, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e) throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}

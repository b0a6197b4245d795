package dev.mayfly.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/** The tools that other people make disk images with. */
public final class DiskTools {

    private static final Map<String, String> PACKAGES = Map.of(
            "mksquashfs",
            "squashfs-tools",
            "mke2fs",
            "e2fsprogs",
            "debugfs",
            "e2fsprogs",
            "e2fsck",
            "e2fsprogs",
            "bsdtar",
            "libarchive-tools",
            "zstd",
            "zstd",
            "xz",
            "xz-utils",
            "lz4",
            "lz4",
            "fincore",
            "util-linux");

    private DiskTools() {}

    /** An image of a directory by {@code mksquashfs}, with options of its. */
    public static Path squashfs(Path directory, Path image, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                tool("mksquashfs"), directory.toString(), image.toString(), "-noappend", "-no-progress", "-quiet"));
        command.addAll(List.of("-all-root", "-processors", "1"));
        command.addAll(List.of(options));
        Commands.run(directory, Map.of(), command);
        return image;
    }

    /** An image of a directory by {@code mke2fs}, of so many KiB, with options of its. */
    public static Path ext(Path directory, Path image, int kiB, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(tool("mke2fs"), "-q", "-F", "-d", directory.toString()));
        command.addAll(List.of(options));
        command.addAll(List.of(image.toString(), kiB + "k"));
        Commands.run(directory, Map.of(), command);
        return image;
    }

    /** Changes an image of ext2, ext3 or ext4 by a command of {@code debugfs}. */
    public static void debugfs(Path image, String command) throws IOException {
        Path here = Path.of("").toAbsolutePath();
        Path target = image.toAbsolutePath();
        Commands.run(here, Map.of(), List.of(tool("debugfs"), "-w", "-R", command, target.toString()));
    }

    /** Gives the directories of an image indexes, as those have that the kernel wrote. */
    public static void index(Path image) throws IOException {
        // It says that it changed something by how it exits.
        String check = "\"$0\" -fyD \"$1\" || [ $? -eq 1 ]";
        Path here = Path.of("").toAbsolutePath();
        Commands.run(
                here,
                Map.of(),
                List.of(
                        "sh",
                        "-c",
                        check,
                        tool("e2fsck"),
                        image.toAbsolutePath().toString()));
    }

    /** An archive of a directory by the tar of BSD, with options of its. */
    public static Path bsdtar(Path directory, Path archive, String... options) throws IOException {
        List<String> command =
                new ArrayList<>(List.of(tool("bsdtar"), "-cf", archive.toString(), "-C", directory.toString()));
        command.addAll(List.of(options));
        command.add(".");
        Commands.run(directory, Map.of(), command);
        return archive;
    }

    /** An archive of a directory by GNU tar, with options of its. */
    public static Path tar(Path directory, Path archive, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of("tar", "-cf", archive.toString(), "-C", directory.toString()));
        command.addAll(List.of(options));
        command.add(".");
        Commands.run(directory, Map.of(), command);
        return archive;
    }

    /** Unpacks an archive by GNU tar over what is in a directory. */
    public static void untar(Path archive, Path directory) throws IOException {
        Commands.run(directory, tool("tar"), "--extract", "--gzip", "--file", archive.toString());
    }

    /** What GNU tar lists of an archive, with owners as numbers. */
    public static String listTar(Path archive) throws IOException {
        Path here = Path.of("").toAbsolutePath();
        return Commands.run(here, tool("tar"), "--list", "--verbose", "--numeric-owner", "--file", archive.toString());
    }

    /** The path of a tool, which is installed where that disturbs nobody; otherwise the test is skipped. */
    public static synchronized String tool(String name) throws IOException {
        String packaged = PACKAGES.getOrDefault(name, name);
        if (find(name) == null) {
            Debian.install(packaged);
        }
        String found = find(name);
        Assumptions.assumeTrue(found != null, name + " is not installed (on Debian: apt-get install " + packaged + ")");
        return String.valueOf(found);
    }

    private static @Nullable String find(String name) {
        Path system = Path.of("/usr/sbin", name);
        return Files.isExecutable(system)
                ? system.toString()
                : Commands.find(name).map(Path::toString).orElse(null);
    }
}

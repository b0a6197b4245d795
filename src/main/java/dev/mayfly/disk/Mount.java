package dev.mayfly.disk;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A disk that is seen at a path, and cannot be written to.
 *
 * @param path from the root, like {@code /models}; directories on the way that are not there are made
 */
public record Mount(String path, ReadOnlyDisk disk) {

    public Mount {
        if (!isPath(path)) {
            throw new IllegalArgumentException("no path to see a disk at: " + path);
        }
    }

    /**
     * Whether a disk can be seen at a path: it is absolute, not the root itself, of at most 4096 bytes, and each of its
     * names could be one of a file.
     */
    public static boolean isPath(String path) {
        if (!path.startsWith("/") || path.getBytes(StandardCharsets.UTF_8).length > PathResolver.MAX_PATH) {
            return false;
        }
        return Arrays.stream(names(path)).allMatch(Mount::isName);
    }

    static String[] names(String path) {
        return path.substring(1).split("/", -1);
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.indexOf('\0') < 0
                && name.getBytes(StandardCharsets.UTF_8).length <= PathResolver.MAX_NAME;
    }
}

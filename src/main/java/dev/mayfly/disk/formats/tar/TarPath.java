package dev.mayfly.disk.formats.tar;

import dev.mayfly.disk.layout.DiskImageException;
import dev.mayfly.disk.layout.DiskImageException.Reason;
import dev.mayfly.disk.layout.Draft;
import dev.mayfly.disk.layout.DraftDirectory;
import dev.mayfly.disk.layout.DraftTree;
import dev.mayfly.disk.layout.Shown;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Paths of entries: from the root, whether or not they begin with a slash; never up, and never through a link. */
final class TarPath {

    private TarPath() {}

    /** The names of a path; none if it is that of the root. */
    static String[] names(String path) throws DiskImageException {
        String[] names = Arrays.stream(path.split("/", -1))
                .filter(name -> !name.isEmpty() && !name.equals("."))
                .toArray(String[]::new);
        if (Arrays.asList(names).contains("..")) {
            throw new DiskImageException(Reason.INVALID_PATH, "the path leads upwards: " + Shown.text(path));
        }
        return names;
    }

    /** The directory of an entry, made with the time of the entry if it is not there. */
    static DraftDirectory parent(DraftTree tree, String[] names, long modified) throws DiskImageException {
        DraftDirectory directory = tree.root();
        for (int i = 0; i < names.length - 1; i++) {
            directory = switch (directory.get(names[i])) {
                case null -> tree.directory(directory, names[i], modified);
                case DraftDirectory there -> there;
                default ->
                    throw new DiskImageException(
                            Reason.INVALID_PATH, "no directory: " + Shown.text(directory.pathOf(names[i])));
            };
        }
        return directory;
    }

    /** What a hard link leads to, which is an entry before it. */
    static Draft linked(DraftTree tree, String path) throws DiskImageException {
        Draft node = tree.root();
        for (String name : names(path)) {
            node = node instanceof DraftDirectory directory ? directory.get(name) : null;
        }
        return requireFile(node, path);
    }

    private static Draft requireFile(@Nullable Draft node, String path) throws DiskImageException {
        if (node == null || node instanceof DraftDirectory) {
            throw new DiskImageException(
                    Reason.INVALID_LINK, "a hard link to what is no file before it: " + Shown.text(path));
        }
        return node;
    }
}

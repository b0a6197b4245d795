package dev.mayfly.disk;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Follows paths. The only place that does, and the reason why none leaves the directory that it starts in: the walk goes
 * down by entries, and up to the parent only from directories below the start.
 *
 * <p>A path that is absolute or goes up from its start is {@link FileError#NOTCAPABLE}. Symbolic links count as if their
 * target stood in the path; an absolute target means the root if the path started there, and leads out otherwise.
 */
final class PathResolver {

    /** In bytes. */
    static final int MAX_NAME = 255;

    /** In bytes. */
    static final int MAX_PATH = 4096;

    /** Links that are followed for one path. */
    static final int MAX_LINKS = 40;

    /** What to do about a symbolic link at the end of a path. */
    enum AtEnd {
        /** Go where it leads. */
        FOLLOW,
        /** Stay, unless a slash behind it asks for a directory. */
        STAY,
        /** The name itself is meant, whatever it stands for. */
        NAME
    }

    private final Directory root;

    PathResolver(Directory root) {
        this.root = root;
    }

    /** Finds the place that a path leads to; everything but its last name must exist. */
    Place resolve(Directory start, String path, AtEnd atEnd) throws FileException {
        requirePath(path);
        if (path.charAt(0) == '/') {
            throw FileException.of(FileError.NOTCAPABLE);
        }
        return new Walk(start, path, atEnd).toEnd();
    }

    /** Checks a text that is to be a path or the target of a link. */
    static void requirePath(String path) throws FileException {
        if (path.isEmpty()) {
            throw FileException.of(FileError.NOENT);
        }
        if (isLonger(path, MAX_PATH)) {
            throw FileException.of(FileError.NAMETOOLONG);
        }
        if (path.indexOf('\0') >= 0) {
            throw FileException.of(FileError.INVAL);
        }
    }

    private static boolean isLonger(String text, int bytes) {
        return text.length() > bytes
                || (text.length() > bytes / 3 && text.getBytes(StandardCharsets.UTF_8).length > bytes);
    }

    private final class Walk {

        private final Directory start;
        private final AtEnd atEnd;
        private final Deque<String> names = new ArrayDeque<>();
        private Directory current;
        private boolean slash;
        private int links;

        Walk(Directory start, String path, AtEnd atEnd) {
            this.start = start;
            this.atEnd = atEnd;
            this.current = start;
            prepend(path);
        }

        Place toEnd() throws FileException {
            while (true) {
                String name = names.poll();
                if (name == null) {
                    return new Place(current, "", current, slash);
                }
                if (name.equals("..")) {
                    ascend();
                } else if (!name.equals(".")) {
                    Node node = lookUp(name);
                    if (node instanceof SymbolicLink link && isFollowed()) {
                        follow(link);
                    } else if (names.isEmpty()) {
                        return end(name, node);
                    } else {
                        descend(node);
                    }
                }
            }
        }

        private @Nullable Node lookUp(String name) throws FileException {
            if (isLonger(name, MAX_NAME)) {
                throw FileException.of(FileError.NAMETOOLONG);
            }
            return current.get(name);
        }

        private boolean isFollowed() {
            return !names.isEmpty() || atEnd == AtEnd.FOLLOW || (atEnd == AtEnd.STAY && slash);
        }

        private void follow(SymbolicLink link) throws FileException {
            if (++links > MAX_LINKS) {
                throw FileException.of(FileError.LOOP);
            }
            if (link.target().charAt(0) == '/') {
                if (start != root) {
                    throw FileException.of(FileError.NOTCAPABLE);
                }
                current = root;
            }
            prepend(link.target());
        }

        private Place end(String name, @Nullable Node node) throws FileException {
            if (slash && atEnd != AtEnd.NAME && node != null && !(node instanceof Directory)) {
                throw FileException.of(FileError.NOTDIR);
            }
            return new Place(current, name, node, slash);
        }

        private void ascend() throws FileException {
            if (current == start) {
                throw FileException.of(FileError.NOTCAPABLE);
            }
            current = current.parent();
        }

        private void descend(@Nullable Node node) throws FileException {
            switch (node) {
                case null -> throw FileException.of(FileError.NOENT);
                case Directory directory -> current = directory;
                case RegularFile _, SymbolicLink _ -> throw FileException.of(FileError.NOTDIR);
            }
        }

        /** Puts a path before the names that are left. A slash at its end only matters if none is. */
        private void prepend(String path) {
            if (names.isEmpty() && path.charAt(path.length() - 1) == '/') {
                slash = true;
            }
            String[] parts = path.split("/", -1);
            for (int i = parts.length - 1; i >= 0; i--) {
                if (!parts[i].isEmpty()) {
                    names.push(parts[i]);
                }
            }
        }
    }
}

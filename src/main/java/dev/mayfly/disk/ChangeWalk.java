package dev.mayfly.disk;

import dev.mayfly.disk.Directory.Added;
import dev.mayfly.disk.LowerNode.LowerEntry;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compares what an instance sees with the disk below. Where a directory of the disk is still in its place, only what is
 * known of it is looked at, since all that was changed is; a directory that is new or was moved is shown with all that
 * is in it. Disks that are mounted are left out: they cannot be changed.
 */
final class ChangeWalk {

    /** How long all names are together that are remembered of files with several; others come as copies. */
    private static final int MOST_CHARACTERS = 8 * 1024 * 1024;

    private static final int NAME_CHARACTERS = 64;

    private final ChangeVisitor visitor;
    private final boolean everywhere;
    private final Map<Long, String> firstNames = new HashMap<>();
    private int remembered;

    /**
     * A walk.
     *
     * @param everywhere whether directories of the disk are looked into that nothing is known of
     */
    ChangeWalk(ChangeVisitor visitor, boolean everywhere) {
        this.visitor = visitor;
        this.everywhere = everywhere;
    }

    /** A directory on the way, shown once something in it is. */
    private static final class Step {

        private final @Nullable Step above;
        private final String path;
        private final Directory directory;
        private final boolean opaque;
        private boolean shown;

        Step(Directory root) {
            this.above = null;
            this.path = "";
            this.directory = root;
            this.opaque = false;
            this.shown = true;
        }

        Step(Step above, String name, Directory directory, boolean opaque) {
            this.above = above;
            this.path = above.path(name);
            this.directory = directory;
            this.opaque = opaque;
        }

        String path(String name) {
            return path.isEmpty() ? name : path + "/" + name;
        }
    }

    void walk(Directory root) throws IOException, FileException {
        inPlace(new Step(root));
    }

    /** A directory that is where the disk has it, or that nobody but the file system itself has made. */
    private void inPlace(Step step) throws IOException, FileException {
        Directory directory = step.directory;
        if (directory.inode().modifiedSince()) {
            show(step);
        }
        for (int index = 0; index < directory.countBelow(); index++) {
            visitor.looking();
            if (directory.isRemovedBelow(index)) {
                removed(step, directory.entryBelow(index).name());
            } else {
                Node node = everywhere ? directory.lookBelow(index) : directory.knownBelow(index);
                if (node != null) {
                    unmoved(step, directory.entryBelow(index).name(), node);
                }
            }
        }
        for (Added added : directory.added()) {
            visitor.looking();
            if (directory.isOfDisk(added.name(), added.node())) {
                unmoved(step, added.name(), added.node());
            } else {
                added(step, added.name(), added.node(), isDirectoryBelow(directory, added.name()));
            }
        }
    }

    private static boolean isDirectoryBelow(Directory directory, String name) {
        return directory.findBelow(name).map(LowerEntry::kind).orElse(null) == NodeKind.DIRECTORY;
    }

    private void removed(Step step, String name) throws IOException, FileException {
        if (!step.directory.hasAdded(name)) {
            show(step);
            visitor.removed(step.path(name));
        }
    }

    private void unmoved(Step step, String name, Node node) throws IOException, FileException {
        switch (node) {
            case Directory directory -> inPlace(new Step(step, name, directory, false));
            case RegularFile file -> {
                if (file.isChanged()) {
                    file(step, name, file);
                }
            }
            case SymbolicLink link -> {
                if (link.inode().modifiedSince()) {
                    link(step, name, link);
                }
            }
        }
    }

    private void added(Step step, String name, Node node, boolean opaque) throws IOException, FileException {
        switch (node) {
            case Directory mount when mount.inode().readOnly() -> {}
            case Directory made when made.fixed() -> inPlace(new Step(step, name, made, false));
            case Directory directory -> whole(new Step(step, name, directory, opaque));
            case RegularFile file -> file(step, name, file);
            case SymbolicLink link -> link(step, name, link);
        }
    }

    /** A directory that is not where the disk has it, if it is of the disk at all. */
    private void whole(Step step) throws IOException, FileException {
        show(step);
        Directory directory = step.directory;
        for (int index = 0; index < directory.countBelow(); index++) {
            visitor.looking();
            if (!directory.isRemovedBelow(index)) {
                added(step, directory.entryBelow(index).name(), directory.lookBelow(index), false);
            }
        }
        for (Added added : directory.added()) {
            visitor.looking();
            added(step, added.name(), added.node(), false);
        }
    }

    private void file(Step step, String name, RegularFile file) throws IOException, FileException {
        show(step);
        String path = step.path(name);
        String first = file.inode().links() > 1 ? firstName(file.inode().number(), path) : null;
        if (first == null) {
            visitor.file(path, file);
        } else {
            visitor.hardLink(path, first);
        }
    }

    /** The name that a file was shown under; null if this is the first. */
    private @Nullable String firstName(long number, String path) {
        String first = firstNames.get(number);
        if (first == null && remembered < MOST_CHARACTERS) {
            remembered += path.length() + NAME_CHARACTERS;
            firstNames.put(number, path);
        }
        return first;
    }

    private void link(Step step, String name, SymbolicLink link) throws IOException, FileException {
        show(step);
        visitor.symbolicLink(step.path(name), link);
    }

    private void show(Step step) throws IOException, FileException {
        if (!step.shown && step.above != null) {
            show(step.above);
            step.shown = true;
            visitor.directory(step.path, step.directory, step.opaque);
        }
    }
}

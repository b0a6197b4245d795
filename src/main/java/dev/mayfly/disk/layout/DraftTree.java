package dev.mayfly.disk.layout;

import dev.mayfly.disk.layout.DiskImageException.Reason;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The tree of a disk that is being laid out. Refuses what no tree can be, or what is more than it may be. */
public final class DraftTree {

    private final DiskLimits limits;
    private final DraftDirectory root;
    private int files = 1;

    DraftTree(DiskLimits limits) {
        this.limits = limits;
        this.root = new DraftDirectory(0, 0, "");
        this.root.inode().linked();
    }

    public DraftDirectory root() {
        return root;
    }

    /** Sets when a directory was changed last, in nanoseconds since 1970-01-01T00:00:00Z. */
    public void modified(DraftDirectory directory, long time) {
        directory.inode().setModified(time);
    }

    /** Makes a directory in another. */
    public DraftDirectory directory(DraftDirectory parent, String name, long modified) throws DiskImageException {
        if (parent.depth() == DiskLimits.MAX_DEPTH) {
            throw new DiskImageException(
                    Reason.TOO_DEEP,
                    "directories are nested deeper than " + DiskLimits.MAX_DEPTH + ": " + shown(parent, name));
        }
        requireName(parent, name);
        DraftDirectory made = new DraftDirectory(modified, parent.depth() + 1, parent.pathOf(name));
        add(parent, name, made);
        return made;
    }

    /** Makes a symbolic link. One that climbs out of the tree is refused; one that leads nowhere is not. */
    public DraftLink link(DraftDirectory parent, String name, String target, long modified) throws DiskImageException {
        requireTarget(parent, name, target);
        DraftLink made = new DraftLink(modified, target);
        add(parent, name, made);
        return made;
    }

    /** Gives a file or symbolic link a name; it may have others. */
    public void name(DraftDirectory parent, String name, Draft node) throws DiskImageException {
        add(parent, name, node);
    }

    /** Removes an entry, if there is one; of a directory only if it is empty. */
    public void remove(DraftDirectory parent, String name) throws DiskImageException {
        Draft node = parent.get(name);
        if (node instanceof DraftDirectory directory && !directory.entries().isEmpty()) {
            throw new DiskImageException(Reason.DUPLICATE_NAME, "also a directory: " + shown(parent, name));
        }
        if (node != null) {
            parent.remove(name);
            inodeOf(node).unlinked();
        }
    }

    private void add(DraftDirectory parent, String name, Draft node) throws DiskImageException {
        requireName(parent, name);
        if (parent.get(name) != null) {
            throw new DiskImageException(Reason.DUPLICATE_NAME, "twice in its directory: " + shown(parent, name));
        }
        requireRoom(1);
        files++;
        parent.put(name, node);
        inodeOf(node).linked();
    }

    /** Requires that so many can be added. */
    public void requireRoom(int more) throws DiskImageException {
        if (more > limits.files() - files) {
            throw new DiskImageException(
                    Reason.TOO_MANY_FILES, "more than " + limits.files() + " files, directories and links");
        }
    }

    static DraftInode inodeOf(Draft node) {
        return switch (node) {
            case DraftDirectory directory -> directory.inode();
            case DraftFile file -> file.inode();
            case DraftLink link -> link.inode();
        };
    }

    private static void requireName(DraftDirectory parent, String name) throws DiskImageException {
        boolean invalid = name.isEmpty()
                || name.equals(".")
                || name.equals("..")
                || name.indexOf('/') >= 0
                || name.indexOf('\0') >= 0
                || !StandardCharsets.UTF_8.newEncoder().canEncode(name);
        if (invalid) {
            throw new DiskImageException(Reason.INVALID_NAME, "no name of a file: " + shown(parent, name));
        }
        if (bytes(name) > DiskLimits.MAX_NAME || bytes(parent.pathOf(name)) > DiskLimits.MAX_PATH) {
            throw new DiskImageException(Reason.NAME_TOO_LONG, "name or path too long: " + shown(parent, name));
        }
    }

    private static void requireTarget(DraftDirectory parent, String name, String target) throws DiskImageException {
        boolean invalid = target.isEmpty()
                || target.indexOf('\0') >= 0
                || !StandardCharsets.UTF_8.newEncoder().canEncode(target);
        if (invalid) {
            throw new DiskImageException(Reason.INVALID_LINK, "no target of a link: " + shown(parent, name));
        }
        if (bytes(target) > DiskLimits.MAX_PATH) {
            throw new DiskImageException(Reason.NAME_TOO_LONG, "the link's target is too long: " + shown(parent, name));
        }
        if (climbsOut(target, target.startsWith("/") ? 0 : parent.depth())) {
            throw new DiskImageException(Reason.INVALID_LINK, "the link leads out of the disk: " + shown(parent, name));
        }
    }

    /** By its text; what other links on its way make of it is seen when it is followed. */
    private static boolean climbsOut(String target, int start) {
        int depth = start;
        for (String step : target.split("/", -1)) {
            if (step.equals("..")) {
                depth--;
            } else if (!step.isEmpty() && !step.equals(".")) {
                depth++;
            }
            if (depth < 0) {
                return true;
            }
        }
        return false;
    }

    /** The end of a path, as far as a message can show it. */
    private static String shown(DraftDirectory parent, @Nullable String name) {
        return Shown.text(parent.pathOf(String.valueOf(name)));
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}

package dev.mayfly.disk;

import dev.mayfly.disk.PathResolver.AtEnd;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The files of one instance, on the heap. Gone with the instance, and not thread-safe.
 *
 * <p>It can lie on disks ({@link Layers}): the files of the one at its root are seen as if they had been put there, are
 * changed in memory, block by block, and count against the quota only as far as they were changed.
 *
 * <p>Paths start at a directory and never lead out of it ({@link PathResolver}). They are Unicode text; a path of no
 * characters is {@link FileError#NOENT}, one with a NUL {@link FileError#INVAL}, one of more than 4096 bytes or with a
 * name of more than 255 {@link FileError#NAMETOOLONG}. Errors are otherwise those of POSIX.
 */
public final class FileSystem {

    static final long FILE_BYTES = 512;
    static final long NAME_BYTES = 128;

    private final Quota quota;
    private final LongSupplier clock;
    private final Directory root;
    private final PathResolver paths;
    private final List<LowerLayer> disks = new ArrayList<>(0);
    private final int remembered;
    private long lastNumber;

    /**
     * A file system.
     *
     * @param storage where its memory comes from
     * @param clock tells the time in nanoseconds since 1970-01-01T00:00:00Z
     * @param layers what it lies on
     * @throws IllegalArgumentException if a disk cannot be seen at the path that it is to be seen at
     */
    public FileSystem(FileLimits limits, Storage storage, LongSupplier clock, Layers layers) {
        this(limits, storage, clock, layers, LowerLayer.REMEMBERED);
    }

    /** One that remembers so many files of each disk that are neither open nor changed. */
    FileSystem(FileLimits limits, Storage storage, LongSupplier clock, Layers layers, int remembered) {
        this.remembered = remembered;
        this.quota = new Quota(limits, storage);
        this.clock = clock;
        ReadOnlyDisk below = layers.root();
        this.root = below == null ? emptyRoot() : root(below, false, null);
        this.paths = new PathResolver(root);
        for (Mount mount : layers.mounts()) {
            mount(mount);
        }
    }

    private Directory emptyRoot() {
        Inode inode = new Inode(++lastNumber, now());
        inode.linked(inode.changed());
        return new Directory(inode);
    }

    /** The root directory of a disk. */
    private Directory root(ReadOnlyDisk disk, boolean readOnly, @Nullable Directory parent) {
        LowerLayer layer = new LowerLayer(quota, clock, lastNumber, readOnly, remembered);
        lastNumber += disk.nodes();
        disks.add(layer);
        Directory directory = new Directory(layer.inode(disk.root()), parent, disk.root(), layer);
        directory.inode().pin();
        return directory;
    }

    private void mount(Mount mount) {
        Directory above = root;
        String[] names = Mount.names(mount.path());
        for (int i = 0; i < names.length - 1; i++) {
            above = directoryOnTheWay(above, names[i]);
        }
        above.mount(names[names.length - 1], root(mount.disk(), true, above));
    }

    private Directory directoryOnTheWay(Directory above, String name) {
        return switch (above.get(name)) {
            case null -> {
                Inode inode = new Inode(++lastNumber, above.inode().modified());
                inode.linked(inode.changed());
                Directory made = new Directory(inode, above);
                above.mount(name, made);
                yield made;
            }
            case Directory there -> there;
            case RegularFile _, SymbolicLink _ ->
                throw new IllegalArgumentException("no directory, so that no disk can be mounted in it: " + name);
        };
    }

    /** Before each operation. */
    private void begin() {
        for (LowerLayer disk : disks) {
            disk.tidy();
        }
    }

    public Directory root() {
        return root;
    }

    /** What it takes of its quota, in bytes. */
    public long bytesUsed() {
        return quota.bytes();
    }

    /** What it takes of its quota, in files. */
    public int filesUsed() {
        return quota.files();
    }

    /** Finds what a path leads to. */
    public Node find(Directory from, String path, boolean follow) throws FileException {
        begin();
        return paths.resolve(from, path, follow ? AtEnd.FOLLOW : AtEnd.STAY).existing();
    }

    /** Opens a directory or regular file, which then lives until it is closed, even if all its names are removed. */
    public Node open(Directory from, String path, Opening how) throws FileException {
        begin();
        boolean mustBeNew = how.create() && how.exclusive();
        Place place = paths.resolve(from, path, mustBeNew ? AtEnd.NAME : how.follow() ? AtEnd.FOLLOW : AtEnd.STAY);
        Node node = place.node();
        if (node == null && how.create()) {
            node = createFile(place);
        } else if (mustBeNew) {
            throw FileException.of(FileError.EXIST);
        } else {
            prepare(place.existing(), how);
        }
        Node opened = node == null ? place.existing() : node;
        opened.inode().opened();
        return opened;
    }

    /** Ends what {@link #open} began. */
    public void close(Node opened) {
        opened.inode().closed();
        reclaim(opened);
    }

    /**
     * Shows what the instance has changed, in an order that depends on nothing but the files: everything behind the
     * directory that it is in, what was removed before what was added. Not while an operation is going on.
     *
     * @throws IOException if the visitor throws it
     * @throws FileException if a disk is broken
     */
    public void visitChanges(ChangeVisitor visitor) throws IOException, FileException {
        boolean everywhere = disks.stream().anyMatch(LowerLayer::hasChangesInUnknownPlaces);
        new ChangeWalk(visitor, everywhere).walk(root);
    }

    /** Sets the times of reading and of changing the contents. */
    public void setTimes(Node node, long accessed, long modified) throws FileException {
        node.inode().keep();
        node.inode().setTimes(accessed, modified, now());
    }

    public void createDirectory(Directory from, String path) throws FileException {
        begin();
        Place place = paths.resolve(from, path, AtEnd.NAME);
        place.requireFree();
        add(place, new Directory(inode(), place.parent()));
    }

    public void createLink(String target, Directory from, String path) throws FileException {
        begin();
        PathResolver.requirePath(target);
        Place place = paths.resolve(from, path, AtEnd.NAME);
        place.requireFree();
        place.requireNoSlash(FileError.NOENT);
        add(place, new SymbolicLink(inode(), target));
    }

    /** Gives what is no directory another name. */
    public void link(Directory from, String path, boolean follow, Directory to, String newPath) throws FileException {
        begin();
        Place named = paths.resolve(from, path, follow ? AtEnd.FOLLOW : AtEnd.STAY);
        Node node = named.existing();
        Place place = paths.resolve(to, newPath, AtEnd.NAME);
        if (node instanceof Directory) {
            throw FileException.of(FileError.PERM);
        }
        named.requireSameDisk(place);
        place.requireFree();
        place.requireNoSlash(FileError.NOENT);
        node.inode().keep();
        place.parent().inode().keep();
        quota.takeBytes(nameBytes(place.name()));
        node.inode().relinked();
        enter(place.parent(), place.name(), node);
    }

    /** Removes a name of what is no directory. */
    public void unlink(Directory from, String path) throws FileException {
        begin();
        Place place = paths.resolve(from, path, AtEnd.NAME);
        if (place.existing() instanceof Directory) {
            throw FileException.of(FileError.ISDIR);
        }
        place.requireNoSlash(FileError.NOTDIR);
        prepareToLeave(place, 0);
        leave(place.parent(), place.name(), place.existing());
    }

    /** Removes an empty directory. */
    public void removeDirectory(Directory from, String path) throws FileException {
        begin();
        Place place = paths.resolve(from, path, AtEnd.NAME);
        if (!(place.existing() instanceof Directory directory)) {
            throw FileException.of(FileError.NOTDIR);
        }
        if (!place.named()) {
            throw FileException.of(FileError.INVAL);
        }
        if (directory.fixed()) {
            throw FileException.of(FileError.BUSY);
        }
        directory.requireEmpty();
        prepareToLeave(place, 0);
        leave(place.parent(), place.name(), directory);
    }

    /** Gives something another name, in place of what had it before. */
    public void rename(Directory from, String path, Directory to, String newPath) throws FileException {
        begin();
        Place source = paths.resolve(from, path, AtEnd.NAME);
        Place target = paths.resolve(to, newPath, AtEnd.NAME);
        Node node = source.existing();
        new Renaming(source, target).requirePossible();
        if (node == target.node()) {
            return;
        }
        target.parent().inode().keep();
        long more = nameBytes(target.name());
        if (target.node() != null) {
            target.node().inode().keep();
            more += target.parent().removalBytes(target.name());
        }
        prepareToLeave(source, more);
        if (target.node() != null) {
            leave(target.parent(), target.name(), target.node());
        }
        if (node.inode().links() > 1) {
            node.inode().relinked();
        }
        enter(target.parent(), target.name(), node);
        leave(source.parent(), source.name(), node);
        if (node instanceof Directory directory) {
            directory.moveTo(target.parent());
        }
    }

    private Node createFile(Place place) throws FileException {
        place.requireFree();
        place.requireNoSlash(FileError.ISDIR);
        RegularFile file = new RegularFile(inode(), new Blocks(quota, null), clock);
        add(place, file);
        return file;
    }

    /** Takes what removing an entry takes, and more, so that nothing can fail once something has changed. */
    private void prepareToLeave(Place place, long more) throws FileException {
        place.requireWritable();
        place.parent().inode().keep();
        place.existing().inode().keep();
        quota.takeBytes(more + place.parent().removalBytes(place.name()));
    }

    private static void prepare(Node node, Opening how) throws FileException {
        switch (node) {
            case SymbolicLink _ -> throw FileException.of(how.directory() ? FileError.NOTDIR : FileError.LOOP);
            case Directory _ -> {
                if (how.create() || how.truncate() || (how.write() && !how.directory())) {
                    throw FileException.of(FileError.ISDIR);
                }
            }
            case RegularFile file -> {
                if (how.directory()) {
                    throw FileException.of(FileError.NOTDIR);
                }
                if (how.write() && file.inode().readOnly()) {
                    throw FileException.of(FileError.ROFS);
                }
                if (how.truncate()) {
                    file.resize(0);
                }
            }
        }
    }

    private void add(Place place, Node node) throws FileException {
        place.parent().inode().keep();
        quota.takeFile(fileBytes(node) + nameBytes(place.name()));
        enter(place.parent(), place.name(), node);
    }

    private void enter(Directory directory, String name, Node node) {
        directory.put(name, node, now());
        node.inode().linked(now());
    }

    private void leave(Directory directory, String name, Node node) {
        boolean counted = directory.removalBytes(name) == 0;
        directory.remove(name, now());
        node.inode().unlinked(now());
        if (counted) {
            quota.giveBytes(nameBytes(name));
        }
        reclaim(node);
    }

    private void reclaim(Node node) {
        if (!node.inode().unreachable()) {
            return;
        }
        switch (node) {
            case RegularFile file -> file.dropContents();
            case Directory directory -> quota.giveBytes(directory.removalsBytes());
            case SymbolicLink _ -> {}
        }
        if (node.inode().layer() == null) {
            quota.giveFile(fileBytes(node));
        } else {
            node.inode().release();
        }
    }

    private static long fileBytes(Node node) {
        return FILE_BYTES
                + (node instanceof SymbolicLink link ? 2L * link.target().length() : 0);
    }

    private static long nameBytes(String name) {
        return NAME_BYTES + 2L * name.length();
    }

    private Inode inode() {
        return new Inode(++lastNumber, now());
    }

    /** The time by its clock. */
    public long now() {
        return clock.getAsLong();
    }
}

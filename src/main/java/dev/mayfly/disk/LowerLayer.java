package dev.mayfly.disk;

import dev.mayfly.disk.LowerNode.LowerDirectory;
import dev.mayfly.disk.LowerNode.LowerEntry;
import dev.mayfly.disk.LowerNode.LowerFile;
import dev.mayfly.disk.LowerNode.LowerLink;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/** Makes an instance's own files of those of a read-only layer: of a directory's entries at the first look at them. */
final class LowerLayer {

    private final Quota quota;
    private final LongSupplier clock;
    private final Function<LowerNode, Inode> inodes;

    /** What was made of files that can have several names, by number. */
    private final Map<Long, Node> known = new HashMap<>();

    /**
     * A layer.
     *
     * @param inodes makes an inode for a file of the layer
     */
    LowerLayer(Quota quota, LongSupplier clock, Function<LowerNode, Inode> inodes) {
        this.quota = quota;
        this.clock = clock;
        this.inodes = inodes;
    }

    /** Has the entries of a directory appear in another. */
    void lay(Directory upper, LowerDirectory lower) {
        upper.liesOn(directory -> {
            for (LowerEntry entry : lower.entries()) {
                Node node = adopt(entry.node(), directory);
                directory.adopt(entry.name(), node);
                node.inode().linked(node.inode().changed());
            }
        });
    }

    private Node adopt(LowerNode lower, Directory parent) {
        return switch (lower) {
            case LowerDirectory inner -> {
                Directory directory = new Directory(inodes.apply(inner), parent);
                lay(directory, inner);
                yield directory;
            }
            case LowerFile file ->
                known.computeIfAbsent(
                        file.number(), number -> new RegularFile(inodes.apply(file), new Blocks(quota, file), clock));
            case LowerLink link ->
                known.computeIfAbsent(link.number(), number -> new SymbolicLink(inodes.apply(link), link.target()));
        };
    }
}

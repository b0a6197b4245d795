package dev.mayfly.disk;

import java.nio.charset.StandardCharsets;

/**
 * A symbolic link.
 *
 * @param target a path, which need not lead anywhere
 */
public record SymbolicLink(Inode inode, String target) implements Node {

    @Override
    public NodeKind kind() {
        return NodeKind.SYMBOLIC_LINK;
    }

    @Override
    public long size() {
        return target.getBytes(StandardCharsets.UTF_8).length;
    }
}

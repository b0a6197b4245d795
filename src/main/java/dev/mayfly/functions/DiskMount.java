package dev.mayfly.functions;

/**
 * A disk that instances see at a path, and cannot write to.
 *
 * @param path from the root, like {@code /models}
 */
public record DiskMount(String path, DiskReference disk) {}

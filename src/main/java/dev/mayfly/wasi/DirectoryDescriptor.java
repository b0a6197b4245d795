package dev.mayfly.wasi;

import dev.mayfly.disk.Directory;

/**
 * An open directory.
 *
 * @param preopened whether it was open from the start
 */
record DirectoryDescriptor(Directory directory, DescriptorStatus status, boolean preopened) implements Descriptor {

    /** The name of the one directory that is open from the start. */
    static final String ROOT = "/";

    static DirectoryDescriptor root(Directory root) {
        return new DirectoryDescriptor(
                root, new DescriptorStatus(Rights.DIRECTORY, Rights.DIRECTORY | Rights.FILE, 0), true);
    }

    @Override
    public FileType fileType() {
        return FileType.DIRECTORY;
    }
}

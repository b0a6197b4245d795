package dev.mayfly.wasi;

/** Something that is open under a number in a {@link DescriptorTable}. A type per kind. */
sealed interface Descriptor permits InputStreamDescriptor, OutputStreamDescriptor, FileDescriptor, DirectoryDescriptor {

    FileType fileType();

    DescriptorStatus status();
}

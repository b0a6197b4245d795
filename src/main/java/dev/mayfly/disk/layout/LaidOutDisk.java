package dev.mayfly.disk.layout;

/**
 * What was laid out.
 *
 * @param sha256 of the file, 64 lower-case hexadecimal digits: the disk's identity
 * @param bytes of the file
 * @param contentBytes of all files together, without holes that were holes in the image
 * @param files files, directories and links, the root included
 */
public record LaidOutDisk(String sha256, long bytes, long contentBytes, int files) {}

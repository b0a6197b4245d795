package dev.mayfly.disk.formats;

import dev.mayfly.disk.layout.LaidOutDisk;

/** A disk that was made of an image of some format. */
public record ImportedDisk(DiskFormat format, LaidOutDisk disk) {}

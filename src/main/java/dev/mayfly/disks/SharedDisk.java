package dev.mayfly.disks;

import dev.mayfly.artifacts.UseCount;
import dev.mayfly.disk.layout.MappedDisk;

/** An open disk that is closed by the last who uses it. */
record SharedDisk(MappedDisk disk, UseCount users) {

    /** With one user, whoever calls. */
    static SharedDisk of(MappedDisk disk) {
        return new SharedDisk(disk, new UseCount(disk::close));
    }
}

package dev.mayfly.disks;

import dev.mayfly.artifacts.UseCount;
import dev.mayfly.disk.layout.StoredDisk;

/** An open disk that is closed by the last who uses it. */
record SharedDisk(StoredDisk disk, UseCount users) {

    /** With one user, whoever calls. */
    static SharedDisk of(StoredDisk disk) {
        return new SharedDisk(disk, new UseCount(disk::close));
    }
}

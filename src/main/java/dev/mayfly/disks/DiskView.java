package dev.mayfly.disks;

import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/**
 * A disk as clients see it.
 *
 * @param latestVersion the number of the version uploaded last
 */
@Schema(name = "Disk")
record DiskView(String name, int latestVersion, Instant createdAt, Instant updatedAt) {}

package dev.mayfly.archives;

import java.time.Instant;
import java.util.UUID;

/**
 * An archive that can be fetched.
 *
 * @param id of its invocation
 * @param files how many entries it has
 * @param expires when it is deleted
 */
public record KeptArchive(UUID id, long bytes, int files, Instant expires) {}

package dev.mayfly.archives;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the archive of an invocation that was to have one.
 *
 * @param bytes of the archive; 0 unless there is or was one
 * @param files how many entries it has; 0 unless there is or was one
 * @param expires when it is deleted; null unless there is or was one
 */
public record ArchiveSummary(
        ArchiveState state, long bytes, int files, @Nullable Instant expires) {

    /** Of one that could not be made or kept, or had nothing to be made of. */
    public static ArchiveSummary without(ArchiveState state) {
        return new ArchiveSummary(state, 0, 0, null);
    }

    ArchiveSummary in(ArchiveState now) {
        return new ArchiveSummary(now, bytes, files, expires);
    }
}

package dev.mayfly.cluster;

import dev.mayfly.archives.ArchiveState;
import dev.mayfly.archives.ArchiveSummary;
import org.jspecify.annotations.Nullable;

/** What became of the archive of an instance's files, as JSON; it is for the control plane to say when it expires. */
record ArchiveDocument(@Nullable String state, long bytes, int files) {

    static @Nullable ArchiveDocument of(@Nullable ArchiveSummary archive) {
        return archive == null ? null : new ArchiveDocument(archive.state().id(), archive.bytes(), archive.files());
    }

    ArchiveSummary summary() {
        // A state of a later version is one that there is no archive for.
        ArchiveState known =
                ArchiveState.of(Checked.required("state of an archive", state)).orElse(ArchiveState.FAILED);
        Checked.within("bytes of an archive", bytes, 0, Long.MAX_VALUE);
        Checked.within("files of an archive", files, 0, Integer.MAX_VALUE);
        return switch (known) {
            case KEPT -> new ArchiveSummary(known, bytes, files, null);
            case EXPIRED, DELETED -> throw new IllegalArgumentException("an archive that is gone before it came");
            case UNCHANGED, TOO_LARGE, TOO_SLOW, UNREPRESENTABLE, STORAGE_FULL, FAILED -> ArchiveSummary.without(known);
        };
    }
}

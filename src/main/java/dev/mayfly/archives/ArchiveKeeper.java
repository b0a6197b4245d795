package dev.mayfly.archives;

import java.util.UUID;

/** Where archives go that were made. */
public interface ArchiveKeeper {

    /**
     * Takes an archive over, and closes it. Never fails: what cannot be kept is said so.
     *
     * @param id of the invocation
     * @param function its name
     */
    ArchiveSummary keep(UUID id, String function, StagedArchive archive);
}

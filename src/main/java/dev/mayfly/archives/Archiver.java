package dev.mayfly.archives;

import dev.mayfly.disk.FileException;
import dev.mayfly.disk.FileSystem;
import java.io.IOException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes archives of the files of instances that have ended. */
public final class Archiver {

    private static final Logger LOG = LoggerFactory.getLogger(Archiver.class);

    private final ArchivePacker packer;
    private final ArchiveKeeper keeper;
    private final ArchiveMetrics metrics;

    Archiver(ArchivePacker packer, ArchiveKeeper keeper, ArchiveMetrics metrics) {
        this.packer = packer;
        this.keeper = keeper;
        this.metrics = metrics;
    }

    /**
     * Archives what an instance changed, on the calling thread. Never fails: an invocation is what it is, with an archive
     * or without.
     *
     * @param id of the invocation
     * @param function its name
     * @param files of its instance, which has ended
     */
    public ArchiveSummary archive(UUID id, String function, FileSystem files) {
        return metrics.timed(() -> {
            try {
                return keeper.keep(id, function, packer.pack(files));
            } catch (ArchiveRefusedException e) {
                return ArchiveSummary.without(e.state());
            } catch (IOException | FileException | RuntimeException e) {
                LOG.warn("The files of invocation {} of {} could not be archived", id, function, e);
                return ArchiveSummary.without(Failures.stateOf(e));
            }
        });
    }
}

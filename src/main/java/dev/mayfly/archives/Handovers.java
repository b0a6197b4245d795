package dev.mayfly.archives;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** On a worker: archives on their way from the thread that made them to the one that sends them. Thread-safe. */
public final class Handovers implements ArchiveKeeper {

    private final Map<UUID, Handover> expected = new ConcurrentHashMap<>();

    Handovers() {}

    /** Waits for the archive of an invocation, until it is closed. */
    public Handover expect(UUID id) {
        Handover handover = new Handover(ended -> expected.remove(id, ended));
        expected.putIfAbsent(id, handover);
        return handover;
    }

    @Override
    public ArchiveSummary keep(UUID id, String function, StagedArchive archive) {
        Handover receiver = expected.get(id);
        if (receiver == null) {
            archive.close();
            return ArchiveSummary.without(ArchiveState.FAILED);
        }
        receiver.offer(archive);
        return new ArchiveSummary(ArchiveState.KEPT, archive.bytes(), archive.files(), null);
    }
}

package dev.mayfly.invocations.http;

import dev.mayfly.archives.ArchiveSummary;
import dev.mayfly.archives.KeptArchives;
import dev.mayfly.invocations.records.InvocationRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.modulith.NamedInterface;
import org.springframework.stereotype.Component;

/** Shows records of invocations, with what is true of their archives now. */
@Component
@NamedInterface("http")
public final class InvocationViews {

    private final KeptArchives archives;

    InvocationViews(KeptArchives archives) {
        this.archives = archives;
    }

    /** The view of a record. */
    public InvocationView of(InvocationRecord invocation) {
        return of(List.of(invocation)).getFirst();
    }

    /** The views of records, in their order. */
    public List<InvocationView> of(List<InvocationRecord> invocations) {
        Map<UUID, ArchiveSummary> recorded = new HashMap<>();
        for (InvocationRecord invocation : invocations) {
            ArchiveSummary archive = invocation.artifacts();
            if (archive != null) {
                recorded.put(invocation.id(), archive);
            }
        }
        Map<UUID, ArchiveSummary> now = recorded.isEmpty() ? recorded : archives.now(recorded);
        return invocations.stream()
                .map(invocation -> InvocationView.of(invocation, now.get(invocation.id())))
                .toList();
    }
}

package dev.mayfly.placement;

import dev.mayfly.cluster.Content;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What a worker is known to have. It says so with each heartbeat; what is heard otherwise between a question and its answer
 * is newer than the answer. Not thread-safe.
 */
final class Holdings {

    private final Set<Content> gained = new HashSet<>();
    private final Set<Content> lost = new HashSet<>();
    private Set<Content> known = new HashSet<>();

    /** The worker is asked. */
    void asked() {
        gained.clear();
        lost.clear();
    }

    /** The worker answered. */
    void answered(Collection<Content> held) {
        known = new HashSet<>(held);
        known.addAll(gained);
        known.removeAll(lost);
    }

    /** Another process answered, which has nothing of what the one before it had. */
    void restarted(Collection<Content> held) {
        asked();
        answered(held);
    }

    void gain(Content content) {
        known.add(content);
        gained.add(content);
        lost.remove(content);
    }

    void lose(Collection<Content> missing) {
        known.removeAll(missing);
        gained.removeAll(missing);
        lost.addAll(missing);
    }

    /** How much of what an order needs is there. */
    Placement.Held of(Needs needs) {
        boolean allDisks =
                needs.disks().stream().allMatch(disk -> known.contains(new Content(Content.Kind.DISK, disk)));
        if (allDisks && known.contains(new Content(Content.Kind.MODULE, needs.module()))) {
            return Placement.Held.ALL;
        }
        return allDisks && !needs.disks().isEmpty() ? Placement.Held.DISKS : Placement.Held.LITTLE;
    }
}

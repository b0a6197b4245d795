package dev.mayfly.cluster;

import java.util.Arrays;
import java.util.Optional;

/** Why a worker does not execute an order. It has certainly not started it. */
public enum Refusal {
    /** It has no room, or did not find a slot in time. */
    BUSY("worker-busy"),
    /** It is about to stop; or it is another process than the order is addressed to. */
    DRAINING("worker-draining"),
    /** It does not have the module. {@link ClusterHeaders#MISSING} says which disks it does not have either. */
    MODULE_MISSING("module-missing"),
    /** It does not have all of the disks; {@link ClusterHeaders#MISSING} says which. */
    DISK_MISSING("disk-missing");

    private final String id;

    Refusal(String id) {
        this.id = id;
    }

    /** The word in {@link ClusterHeaders#REFUSAL}, which is also that of the problem's type. */
    public String id() {
        return id;
    }

    /** The refusal of that word, if there is one. */
    public static Optional<Refusal> of(String id) {
        return Arrays.stream(values()).filter(refusal -> refusal.id.equals(id)).findFirst();
    }
}

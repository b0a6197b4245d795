package dev.mayfly.image;

import dev.mayfly.vmm.Hypervisor;
import dev.mayfly.vmm.Slot;
import dev.mayfly.vmm.SlotOptions;
import dev.mayfly.vmm.VmmException;
import java.util.ArrayList;
import java.util.List;

/** A slot for each call that is being served by another. */
public final class Slots implements AutoCloseable {

    private final Hypervisor hypervisor;
    private final List<Slot> slots = new ArrayList<>();
    private int depth;

    public Slots(Hypervisor hypervisor) {
        this.hypervisor = hypervisor;
    }

    Slot enter() throws VmmException {
        if (depth == slots.size()) {
            slots.add(hypervisor.openSlot(SlotOptions.DEFAULT));
        }
        return slots.get(depth++);
    }

    void leave() {
        depth--;
    }

    /** Forgets machines that are not running. */
    void trim() {
        slots.subList(depth, slots.size()).forEach(Slot::trim);
    }

    @Override
    public void close() {
        slots.forEach(Slot::close);
    }
}

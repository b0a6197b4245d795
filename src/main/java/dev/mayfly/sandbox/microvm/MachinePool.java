package dev.mayfly.sandbox.microvm;

import dev.mayfly.vmm.Hypervisor;
import dev.mayfly.vmm.LoadedImage;
import dev.mayfly.vmm.Slot;
import dev.mayfly.vmm.SlotOptions;
import dev.mayfly.vmm.VmmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Predicate;

/**
 * The machines that wait for the next instance of their image. A machine stays with the thread that made it, because KVM
 * makes a change of thread expensive, and with its image, because that is mapped into it. Thread-safe.
 */
final class MachinePool implements AutoCloseable {

    private record Key(Thread thread, LoadedImage image) {}

    private record Idle(Slot slot, long sinceNanos) {}

    private final Hypervisor hypervisor;
    private final SlotOptions options;
    private final int maxIdle;

    /** The one that has waited longest comes first. */
    private final SequencedMap<Key, Idle> idle = new LinkedHashMap<>();

    private int leased;

    MachinePool(Hypervisor hypervisor, SlotOptions options, int maxIdle) {
        this.hypervisor = hypervisor;
        this.options = options;
        this.maxIdle = maxIdle;
    }

    /** A slot in use by one instance, for the current thread alone. */
    final class Lease implements AutoCloseable {

        private final Key key;
        private final Slot slot;

        private Lease(Key key, Slot slot) {
            this.key = key;
            this.slot = slot;
        }

        Slot slot() {
            return slot;
        }

        @Override
        public void close() {
            giveBack(key, slot).forEach(Slot::close);
        }
    }

    /** Takes the current thread's machine of an image; if it has none, that is made when the slot is used. */
    Lease lease(LoadedImage image) throws VmmException {
        Key key = new Key(Thread.currentThread(), image);
        Idle found;
        synchronized (this) {
            found = idle.remove(key);
        }
        Slot slot = found == null ? hypervisor.openSlot(options) : found.slot();
        synchronized (this) {
            leased++;
        }
        return new Lease(key, slot);
    }

    /** Returns what there is no room for; it is closed outside of the lock, because that takes long. */
    private synchronized List<Slot> giveBack(Key key, Slot slot) {
        leased--;
        if (!slot.hasMachine()) {
            return List.of(slot);
        }
        idle.put(key, new Idle(slot, System.nanoTime()));
        return idle.size() > maxIdle ? List.of(idle.pollFirstEntry().getValue().slot()) : List.of();
    }

    /** Gives back the machines of an image that no instance runs of any more. */
    void evict(LoadedImage image) {
        remove(entry -> entry.getKey().image() == image);
    }

    /** Gives back the machines that have waited for so long. */
    void trim(Duration age) {
        long now = System.nanoTime();
        remove(entry -> now - entry.getValue().sinceNanos() >= age.toNanos());
    }

    private void remove(Predicate<Map.Entry<Key, Idle>> unwanted) {
        List<Slot> removed = new ArrayList<>();
        synchronized (this) {
            Iterator<Map.Entry<Key, Idle>> entries = idle.entrySet().iterator();
            while (entries.hasNext()) {
                Map.Entry<Key, Idle> entry = entries.next();
                if (unwanted.test(entry)) {
                    removed.add(entry.getValue().slot());
                    entries.remove();
                }
            }
        }
        removed.forEach(Slot::close);
    }

    /** How many machines wait. */
    synchronized int idle() {
        return idle.size();
    }

    /** How many are in use. */
    synchronized int leased() {
        return leased;
    }

    /** Gives back all that wait. */
    @Override
    public void close() {
        remove(_ -> true);
    }
}

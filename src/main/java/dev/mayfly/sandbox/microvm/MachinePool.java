package dev.mayfly.sandbox.microvm;

import dev.mayfly.vmm.Hypervisor;
import dev.mayfly.vmm.LoadedImage;
import dev.mayfly.vmm.Slot;
import dev.mayfly.vmm.SlotOptions;
import dev.mayfly.vmm.VmmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * The machines that wait for the next instance of their image. A machine stays with the thread that made it, because KVM
 * makes a change of thread expensive, and with its image, because that is mapped into it. Thread-safe.
 */
final class MachinePool implements AutoCloseable {

    private record Key(Thread thread, LoadedImage image) {}

    private record Idle(Slot slot, long sinceNanos) {}

    private record Removed(LoadedImage image, Slot slot) {}

    private final Hypervisor hypervisor;
    private final SlotOptions options;
    private final int maxIdle;

    /** The one that has waited longest comes first. */
    private final SequencedMap<Key, Idle> idle = new LinkedHashMap<>();

    /** How many machines of an image are being given back at the moment. */
    private final Map<LoadedImage, Integer> closing = new HashMap<>();

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
            closeAll(giveBack(key, slot));
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
    private synchronized List<Removed> giveBack(Key key, Slot slot) {
        leased--;
        if (!slot.hasMachine()) {
            return List.of(removed(key, slot));
        }
        idle.put(key, new Idle(slot, System.nanoTime()));
        if (idle.size() <= maxIdle) {
            return List.of();
        }
        Map.Entry<Key, Idle> oldest = idle.pollFirstEntry();
        return List.of(removed(oldest.getKey(), oldest.getValue().slot()));
    }

    /** Gives back the machines of an image that no instance runs of any more. When it returns there are none left. */
    void evict(LoadedImage image) {
        remove(entry -> entry.getKey().image() == image);
        await(() -> !closing.containsKey(image));
    }

    /** Others may have removed machines just before, which are not closed yet. */
    private synchronized void await(BooleanSupplier closed) {
        boolean interrupted = false;
        while (!closed.getAsBoolean()) {
            try {
                wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Gives back the machines that have waited for so long. */
    void trim(Duration age) {
        long now = System.nanoTime();
        remove(entry -> now - entry.getValue().sinceNanos() >= age.toNanos());
    }

    private void remove(Predicate<Map.Entry<Key, Idle>> unwanted) {
        List<Removed> removed = new ArrayList<>();
        synchronized (this) {
            Iterator<Map.Entry<Key, Idle>> entries = idle.entrySet().iterator();
            while (entries.hasNext()) {
                Map.Entry<Key, Idle> entry = entries.next();
                if (unwanted.test(entry)) {
                    removed.add(removed(entry.getKey(), entry.getValue().slot()));
                    entries.remove();
                }
            }
        }
        closeAll(removed);
    }

    /** Called with the lock: from now on the image counts as having a machine that is being given back. */
    private Removed removed(Key key, Slot slot) {
        closing.merge(key.image(), 1, Integer::sum);
        return new Removed(key.image(), slot);
    }

    private void closeAll(List<Removed> removed) {
        for (Removed each : removed) {
            try {
                each.slot().close();
            } finally {
                closed(each.image());
            }
        }
    }

    private synchronized void closed(LoadedImage image) {
        closing.computeIfPresent(image, (same, count) -> count > 1 ? count - 1 : null);
        notifyAll();
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
        await(closing::isEmpty);
    }
}

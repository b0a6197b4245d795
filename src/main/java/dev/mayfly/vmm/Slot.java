package dev.mayfly.vmm;

import dev.mayfly.nativeaccess.NativeException;
import dev.mayfly.nativeaccess.WakeableThread;
import org.jspecify.annotations.Nullable;

/**
 * Room for one instance at a time, on one thread. The machine in it is made when first needed, and made anew for another
 * image; it can be given back with {@link #trim} while there is nothing to run.
 *
 * <pre>
 *   Slot --prepare--> Prepared --run--> Ended
 *    ^                   |                |
 *    +------ close ------+----- close ----+
 * </pre>
 */
public final class Slot implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Slot.class.getName());

    private final Hypervisor hypervisor;
    private final SlotOptions options;
    private final WakeableThread thread;
    private final Thread owner = Thread.currentThread();
    private @Nullable Machine machine;
    private boolean occupied;
    private boolean closed;

    Slot(Hypervisor hypervisor, SlotOptions options, WakeableThread thread) {
        this.hypervisor = hypervisor;
        this.options = options;
        this.thread = thread;
    }

    /**
     * Makes an instance of an image.
     *
     * @throws IllegalStateException if there is one already, or the slot is closed
     * @throws WrongThreadException if the slot belongs to another thread
     * @throws VmmException if the system has no room for a machine, or the hypervisor failed
     */
    public Prepared prepare(LoadedImage image) throws VmmException {
        requireOwner();
        if (closed || occupied) {
            throw new IllegalStateException(closed ? "the slot is closed" : "the slot has an instance");
        }
        if (machine != null && !machine.isFor(image)) {
            trim();
        }
        if (machine == null) {
            try {
                machine = Machine.create(hypervisor, image, options.retainedBytes(), thread);
            } catch (NativeException e) {
                throw new VmmException("cannot make a machine", e);
            }
        }
        occupied = true;
        return new Prepared(this, machine, new Interrupt(thread));
    }

    /** Whether it has a machine, and so uses memory. */
    public boolean hasMachine() {
        return machine != null;
    }

    /**
     * Gives the machine back to the system. The next instance gets a new one. Another thread may do this too, if it makes
     * sure that the owner does not use the slot meanwhile.
     *
     * @throws IllegalStateException if there is an instance in it
     */
    public void trim() {
        if (occupied) {
            throw new IllegalStateException("the slot has an instance");
        }
        if (machine != null) {
            machine.close();
            machine = null;
        }
    }

    /** Takes the machine back from an instance. */
    void release(Interrupt interrupt, boolean spent) {
        occupied = false;
        boolean clean = false;
        try {
            interrupt.finish();
            if (machine != null && !spent && options.reuse()) {
                machine.reset();
                clean = true;
            }
        } catch (NativeException e) {
            // Nobody's result depends on it: the next instance gets a new machine.
            LOG.log(System.Logger.Level.WARNING, "a machine could not be reset and is replaced: " + e.getMessage());
        } finally {
            if (!clean) {
                trim();
            }
        }
    }

    WakeableThread thread() {
        return thread;
    }

    void requireOwner() {
        if (Thread.currentThread() != owner) {
            throw new WrongThreadException("the slot belongs to " + owner.getName());
        }
    }

    /**
     * Gives everything back, as {@link #trim} does; does nothing the second time.
     *
     * @throws IllegalStateException if there is an instance in it
     */
    @Override
    public void close() {
        trim();
        closed = true;
    }
}

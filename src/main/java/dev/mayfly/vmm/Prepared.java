package dev.mayfly.vmm;

import dev.mayfly.nativeaccess.NativeException;

/**
 * An instance: before it runs, memory is as the image says and may be written to. It may run functions one after the other
 * until one of them does not return; closing it wipes everything it did. Belongs to its slot's thread, but for the {@link #interrupt}.
 */
public final class Prepared implements AutoCloseable {

    private enum State {
        READY,
        ENDED,
        CLOSED
    }

    private final Slot slot;
    private final Machine machine;
    private final GuestMemory memory;
    private final Interrupt interrupt;
    private State state = State.READY;
    private boolean spent;

    Prepared(Slot slot, Machine machine, Interrupt interrupt) {
        this.slot = slot;
        this.machine = machine;
        this.memory = new GuestMemory(machine);
        this.interrupt = interrupt;
    }

    /** Its memory, until it is closed. */
    public GuestMemory memory() {
        return memory;
    }

    /** The way to end it from another thread. */
    public Interrupt interrupt() {
        return interrupt;
    }

    /**
     * Runs a function until it returns, or the instance ends otherwise. The stack is empty, and registers are initial.
     *
     * @param entry the address of the function to call, in the image's code
     * @throws IllegalStateException if the instance has ended, or is closed
     * @throws VmmException if the hypervisor failed
     */
    public Ended run(long entry, Hypercalls hypercalls) throws VmmException {
        slot.requireOwner();
        if (state != State.READY) {
            throw new IllegalStateException("an instance does not run after it has ended, or was closed");
        }
        state = State.ENDED;
        // Until it is known that the guest left in a way that leaves nothing behind, the machine is not used again.
        spent = true;
        try {
            Ending ending = new Run(machine, interrupt, slot.thread(), hypercalls, memory).from(entry);
            spent = ending instanceof Ending.Violation;
            if (ending instanceof Ending.Exited) {
                state = State.READY;
            }
            return new Ended(ending, machine.registers());
        } catch (NativeException e) {
            throw new VmmException("a machine failed", e);
        }
    }

    /** Ends it and prepares the slot for the next one. Does nothing the second time. */
    @Override
    public void close() {
        slot.requireOwner();
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        memory.close();
        slot.release(interrupt, spent);
    }
}

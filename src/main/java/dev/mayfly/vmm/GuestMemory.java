package dev.mayfly.vmm;

import java.lang.foreign.MemorySegment;

/**
 * An instance's memory as the host sees it, until the instance is closed: then this object, and every segment that it
 * gave out, refuses to be used. The guest is not running meanwhile.
 */
public final class GuestMemory {

    private final Machine machine;
    private boolean closed;

    GuestMemory(Machine machine) {
        this.machine = machine;
    }

    /** Linear memory, as large as it is now. What was given out before it grew stays valid, and short. */
    public MemorySegment linear() {
        requireOpen();
        return machine.linear();
    }

    /** From the beginning of the {@link dev.mayfly.abi.Context} to the end of its region. */
    public MemorySegment context() {
        requireOpen();
        return machine.context();
    }

    /**
     * A range of a region of data, or of the stack.
     *
     * @throws IndexOutOfBoundsException if it is not within one
     */
    public MemorySegment data(long address, long bytes) {
        requireOpen();
        return machine.data(address, bytes);
    }

    void close() {
        closed = true;
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the instance is closed");
        }
    }
}

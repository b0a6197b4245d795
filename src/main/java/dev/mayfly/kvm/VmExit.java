package dev.mayfly.kvm;

/** Why a virtual CPU stopped running its guest. */
public sealed interface VmExit {

    /**
     * The guest wrote to a port. It has not yet got past the instruction, as far as anyone may rely on, until the
     * virtual CPU runs again.
     *
     * @param port 0 to 65535
     * @param size of each item, 1, 2 or 4 bytes
     * @param count how many items; more than one only for string instructions
     * @param value the first item, zero-extended
     */
    record PortWrite(int port, int size, int count, int value) implements VmExit {}

    /** The guest wants to read from a port. */
    record PortRead(int port, int size, int count) implements VmExit {}

    /** The guest touched guest-physical memory that there is none of, at this address. */
    record Mmio(long guestPhysical, int length, boolean write) implements VmExit {}

    /** The guest touched guest-physical memory whose pages here are not accessible. It stands at the instruction. */
    record MemoryFault() implements VmExit {}

    /** A signal ended the run, before or after the guest got to run. Never tried again here: the caller knows why. */
    record Interrupted() implements VmExit {}

    /** The guest raised an exception that it has no handler for. */
    record Shutdown() implements VmExit {}

    /** The guest halted. */
    record Halt() implements VmExit {}

    /** KVM cannot go on, for example because it cannot emulate an instruction. */
    record KvmError(int suberror) implements VmExit {}

    /** The processor refused to enter the guest. */
    record FailEntry(long hardwareReason) implements VmExit {}

    /** Something else, by the number that {@code linux/kvm.h} gives it. */
    record Other(int reason) implements VmExit {}
}

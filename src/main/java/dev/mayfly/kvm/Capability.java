package dev.mayfly.kvm;

/** What a kernel's KVM may or may not be able to do ({@code KVM_CAP_*}). */
enum Capability {
    USER_MEMORY(3, 1, "2.6.29"),
    VCPU_EVENTS(41, 1, "2.6.33"),
    XSAVE(55, 1, "2.6.35"),
    /** Implies that the processor has XSAVE. */
    XCRS(56, 1, "2.6.35"),
    /** General registers, special registers and events through the shared page: three bits. */
    SYNC_REGS(74, 7, "4.17"),
    READONLY_MEM(81, 1, "3.8");

    /**
     * Instructions that KVM would have to emulate and cannot leave the guest instead of raising an exception in it. Used
     * where there is (Linux 5.18); without it such a guest ends as well, by the exception.
     */
    static final int EXIT_ON_EMULATION_FAILURE = 204;

    private final int number;
    private final int bits;
    private final String since;

    Capability(int number, int bits, String since) {
        this.number = number;
        this.bits = bits;
        this.since = since;
    }

    int number() {
        return number;
    }

    /** Whether what the kernel answers contains all that is needed. */
    boolean isIn(int answer) {
        return (answer & bits) == bits;
    }

    /** The first version of Linux that has it. */
    String since() {
        return since;
    }
}

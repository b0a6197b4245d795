package dev.mayfly.vmm;

import dev.mayfly.abi.TrapCode;

/** How a guest ended. */
public sealed interface Ending {

    /** The entry function returned. */
    record Exited() implements Ending {}

    /** A hypercall ended it. */
    record Stopped() implements Ending {}

    /** Compiled code trapped, or an access to memory or stack that it need not check turned out not to be possible. */
    record Trapped(TrapCode code) implements Ending {}

    /** Somebody asked for it, through {@link Interrupt#request}. */
    record Interrupted() implements Ending {}

    /**
     * The guest did what compiled code never does: the compiler is broken, or its output was tampered with.
     *
     * @param kind of what it did
     * @param detail for operators
     */
    record Violation(Kind kind, String detail) implements Ending {

        /** What a guest can do that it must not. */
        public enum Kind {
            /** Something raised an exception: a privileged or invalid instruction, a page that it may not access. */
            EXCEPTION,
            /** It used a port in another way than a hypercall does. */
            PORT,
            /** It made a hypercall with arguments that cannot be. */
            HYPERCALL,
            /** It executed an instruction that the hypervisor has to emulate and cannot. */
            UNSUPPORTED,
            /** It left in a way that there is no reason for. */
            EXIT
        }
    }
}

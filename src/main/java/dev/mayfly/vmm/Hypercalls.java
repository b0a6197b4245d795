package dev.mayfly.vmm;

/**
 * Serves a guest's hypercalls, on its thread. Everything that it finds in the guest's memory is the guest's to choose:
 * read once, check, then use.
 */
@FunctionalInterface
public interface Hypercalls {

    /** What happens after a hypercall. */
    enum Next {
        /** The guest goes on; its result is in the context. */
        RESUME,
        /** The guest ends here. */
        STOP
    }

    /**
     * The guest calls an import. Arguments are in the context's frame, and results take their place.
     *
     * @param index whatever the guest says
     */
    Next importCall(int index, GuestMemory memory);
}

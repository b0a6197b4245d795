package dev.mayfly.wasi;

/**
 * One guest as WASI sees it: its memory, program, descriptors and what it may use of the host. Belongs to the thread
 * that runs the instance.
 */
public final class WasiProcess {

    private final GuestMemory memory;
    private final StringVector arguments;
    private final StringVector environment;
    private final DescriptorTable descriptors;
    private final Host host;

    public WasiProcess(LinearMemory memory, Program program, StandardStreams streams, Host host) {
        this.memory = new GuestMemory(memory);
        this.arguments = StringVector.ofArguments(program);
        this.environment = StringVector.ofEnvironment(program);
        this.descriptors = new DescriptorTable(streams);
        this.host = host;
    }

    /**
     * Carries out a system call.
     *
     * @param arguments at least as many as the call has parameters
     * @return the error code to return to the guest; of no meaning for calls without a result
     * @throws GuestEndException if the instance ends instead
     */
    public Errno call(SystemCall call, long[] arguments) {
        requireTimeLeft();
        try {
            return call.handler().call(this, arguments);
        } catch (ErrnoException e) {
            return e.errno();
        }
    }

    GuestMemory memory() {
        return memory;
    }

    StringVector arguments() {
        return arguments;
    }

    StringVector environment() {
        return environment;
    }

    DescriptorTable descriptors() {
        return descriptors;
    }

    Host host() {
        return host;
    }

    /** Ends the instance if its time is up. */
    void requireTimeLeft() {
        if (host.patience().remaining().isZero()) {
            throw new GuestEndException(new GuestEndException.End.Interrupted());
        }
    }
}

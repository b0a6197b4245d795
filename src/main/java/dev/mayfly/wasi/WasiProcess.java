package dev.mayfly.wasi;

import dev.mayfly.disk.FileException;
import dev.mayfly.disk.FileSystem;
import org.jspecify.annotations.Nullable;

/**
 * One guest as WASI sees it: its memory, program, descriptors, files and what it may use of the host. Belongs to the
 * thread that runs the instance. Costs little to make, and nothing has to be closed.
 */
public final class WasiProcess {

    /** Programs mostly ask for a seed of this size or less. */
    private static final int RANDOM_BYTES = 64;

    /** What one call reads into, mostly. */
    private static final int FEW_BUFFERS = 4;

    private final GuestMemory memory;
    private final ProgramStrings program;
    private final SystemCallPolicy policy;
    private final FileSystem files;
    private final DescriptorTable descriptors;
    private final Host host;
    private byte @Nullable [] randomBytes;
    private long[] bufferList = new long[FEW_BUFFERS];

    public WasiProcess(
            LinearMemory memory, Program program, StandardStreams streams, Host host, Confinement confinement) {
        this.memory = new GuestMemory(memory);
        this.program = new ProgramStrings(program);
        this.policy = confinement.systemCalls();
        this.files = new FileSystem(
                confinement.files(), confinement.storage(), host.clocks()::realtime, confinement.layers());
        confinement.onFiles().accept(files);
        this.descriptors = new DescriptorTable(streams, files);
        this.host = host;
    }

    /**
     * Carries out a system call, as far as the guest's policy lets it.
     *
     * @param arguments at least as many as the call has parameters; the upper halves of 32-bit ones are cleared here
     * @return the error code to return to the guest; of no meaning for calls without a result
     * @throws GuestEndException if the instance ends instead
     */
    public Errno call(SystemCall call, long[] arguments) {
        requireTimeLeft();
        return switch (policy.rule(call)) {
            case SystemCallRule.Allow _ -> carryOut(call, arguments);
            case SystemCallRule.Deny(Errno errno) -> errno;
            case SystemCallRule.Trap _ -> throw new GuestEndException(new GuestEndException.End.CallDenied(call));
        };
    }

    private Errno carryOut(SystemCall call, long[] arguments) {
        call.narrow(arguments);
        try {
            return call.handler().call(this, arguments);
        } catch (ErrnoException e) {
            return e.errno();
        } catch (FileException e) {
            return Errno.of(e.error());
        }
    }

    GuestMemory memory() {
        return memory;
    }

    ProgramStrings program() {
        return program;
    }

    FileSystem files() {
        return files;
    }

    DescriptorTable descriptors() {
        return descriptors;
    }

    Host host() {
        return host;
    }

    /** A buffer for random bytes on their way to the guest, which gets all of them; made for the first call. */
    byte[] randomBytes() {
        if (randomBytes == null) {
            randomBytes = new byte[RANDOM_BYTES];
        }
        return randomBytes;
    }

    /** Room for a call's list of buffers, which the next call uses again. */
    long[] bufferList(int count) {
        if (bufferList.length < count) {
            bufferList = new long[count];
        }
        return bufferList;
    }

    /** Ends the instance if its time is up. */
    void requireTimeLeft() {
        if (host.patience().exhausted()) {
            throw new GuestEndException(new GuestEndException.End.Interrupted());
        }
    }
}

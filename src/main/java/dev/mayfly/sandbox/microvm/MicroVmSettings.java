package dev.mayfly.sandbox.microvm;

import dev.mayfly.vmm.SlotOptions;
import java.time.Duration;

/**
 * How micro-VMs are kept.
 *
 * @param slots whether machines are used again, and how much of what instances wrote they keep
 * @param idleMachines that are kept at most, of all modules together; each costs the whole process a little, because
 *     the kernel tells every machine of every change to the process's memory
 * @param idleTimeout after which a machine that nothing ran in is given back
 * @param compilerThreads that compile one module's functions at the same time
 */
public record MicroVmSettings(SlotOptions slots, int idleMachines, Duration idleTimeout, int compilerThreads) {

    public MicroVmSettings {
        if (idleMachines < 0 || idleTimeout.isNegative() || compilerThreads < 1) {
            throw new IllegalArgumentException("not possible: " + idleMachines + " idle machines, for " + idleTimeout
                    + ", and " + compilerThreads + " threads to compile");
        }
    }
}

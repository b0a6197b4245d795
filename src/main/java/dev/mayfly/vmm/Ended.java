package dev.mayfly.vmm;

import dev.mayfly.kvm.Registers;

/**
 * An instance that has run. Its memory can still be read, through {@link Prepared#memory}, until that is closed.
 *
 * @param ending how it ended
 * @param registers as it left them
 */
public record Ended(Ending ending, Registers registers) {}

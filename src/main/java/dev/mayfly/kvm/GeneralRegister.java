package dev.mayfly.kvm;

import java.util.Locale;

/** A general register, as a field of the kernel's {@code struct kvm_regs}. */
public enum GeneralRegister {
    RAX,
    RBX,
    RCX,
    RDX,
    RSI,
    RDI,
    RSP,
    RBP,
    R8,
    R9,
    R10,
    R11,
    R12,
    R13,
    R14,
    R15,
    RIP,
    RFLAGS;

    private final long offset = Structs.offset(Structs.REGS, name().toLowerCase(Locale.ROOT));

    /** Where it is in the structure, in bytes. */
    long offset() {
        return offset;
    }
}

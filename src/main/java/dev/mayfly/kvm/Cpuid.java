package dev.mayfly.kvm;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.MemorySegment;

/** What the {@code cpuid} instruction answers in a guest. */
public final class Cpuid {

    private static final int EXTENDED_FEATURES = 7;
    private static final int EXTENDED_STATE = 0xD;
    private static final int ECX_UMIP = 1 << 2;

    private final MemorySegment table;

    /** Reads the kernel's {@code struct kvm_cpuid2}. */
    Cpuid(MemorySegment table) {
        this.table = table;
    }

    MemorySegment table() {
        return table;
    }

    /** The parts of the extended state (XCR0) that a guest may be given. */
    public long extendedState() {
        return register(EXTENDED_STATE, "eax");
    }

    /** Whether the processor can keep unprivileged code from reading where descriptor tables are. */
    public boolean hasUmip() {
        return (register(EXTENDED_FEATURES, "ecx") & ECX_UMIP) != 0;
    }

    /** Of a leaf's first subleaf, which the kernel lists before the others; zero if there is no such leaf. */
    private int register(int leaf, String name) {
        int entries = table.get(JAVA_INT, Structs.offset(Structs.CPUID2, "nent"));
        for (int i = 0; i < entries; i++) {
            long entry = Structs.CPUID2.byteSize() + i * Structs.CPUID_ENTRY2.byteSize();
            if (table.get(JAVA_INT, entry + Structs.offset(Structs.CPUID_ENTRY2, "function")) == leaf) {
                return table.get(JAVA_INT, entry + Structs.offset(Structs.CPUID_ENTRY2, name));
            }
        }
        return 0;
    }
}

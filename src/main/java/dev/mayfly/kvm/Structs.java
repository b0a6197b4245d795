package dev.mayfly.kvm;

import static java.lang.foreign.MemoryLayout.paddingLayout;
import static java.lang.foreign.MemoryLayout.sequenceLayout;
import static java.lang.foreign.MemoryLayout.structLayout;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.StructLayout;

/** The structures of the kernel's {@code linux/kvm.h} and {@code asm/kvm.h} for x86-64, under their names there. */
final class Structs {

    static final StructLayout MEMORY_REGION = structLayout(
            JAVA_INT.withName("slot"),
            JAVA_INT.withName("flags"),
            JAVA_LONG.withName("guest_phys_addr"),
            JAVA_LONG.withName("memory_size"),
            JAVA_LONG.withName("userspace_addr"));

    static final StructLayout REGS = structLayout(
            JAVA_LONG.withName("rax"),
            JAVA_LONG.withName("rbx"),
            JAVA_LONG.withName("rcx"),
            JAVA_LONG.withName("rdx"),
            JAVA_LONG.withName("rsi"),
            JAVA_LONG.withName("rdi"),
            JAVA_LONG.withName("rsp"),
            JAVA_LONG.withName("rbp"),
            JAVA_LONG.withName("r8"),
            JAVA_LONG.withName("r9"),
            JAVA_LONG.withName("r10"),
            JAVA_LONG.withName("r11"),
            JAVA_LONG.withName("r12"),
            JAVA_LONG.withName("r13"),
            JAVA_LONG.withName("r14"),
            JAVA_LONG.withName("r15"),
            JAVA_LONG.withName("rip"),
            JAVA_LONG.withName("rflags"));

    static final StructLayout SEGMENT = structLayout(
            JAVA_LONG.withName("base"),
            JAVA_INT.withName("limit"),
            JAVA_SHORT.withName("selector"),
            JAVA_BYTE.withName("type"),
            JAVA_BYTE.withName("present"),
            JAVA_BYTE.withName("dpl"),
            JAVA_BYTE.withName("db"),
            JAVA_BYTE.withName("s"),
            JAVA_BYTE.withName("l"),
            JAVA_BYTE.withName("g"),
            JAVA_BYTE.withName("avl"),
            JAVA_BYTE.withName("unusable"),
            paddingLayout(1));

    static final StructLayout DTABLE =
            structLayout(JAVA_LONG.withName("base"), JAVA_SHORT.withName("limit"), paddingLayout(6));

    static final StructLayout SREGS = structLayout(
            SEGMENT.withName("cs"),
            SEGMENT.withName("ds"),
            SEGMENT.withName("es"),
            SEGMENT.withName("fs"),
            SEGMENT.withName("gs"),
            SEGMENT.withName("ss"),
            SEGMENT.withName("tr"),
            SEGMENT.withName("ldt"),
            DTABLE.withName("gdt"),
            DTABLE.withName("idt"),
            JAVA_LONG.withName("cr0"),
            JAVA_LONG.withName("cr2"),
            JAVA_LONG.withName("cr3"),
            JAVA_LONG.withName("cr4"),
            JAVA_LONG.withName("cr8"),
            JAVA_LONG.withName("efer"),
            JAVA_LONG.withName("apic_base"),
            sequenceLayout(4, JAVA_LONG).withName("interrupt_bitmap"));

    /** Events waiting to be delivered to a virtual CPU: taken from the kernel and given back, never looked into. */
    static final StructLayout VCPU_EVENTS =
            structLayout(sequenceLayout(16, JAVA_INT).withName("opaque"));

    static final StructLayout SYNC_REGS =
            structLayout(REGS.withName("regs"), SREGS.withName("sregs"), VCPU_EVENTS.withName("events"));

    static final StructLayout XCR =
            structLayout(JAVA_INT.withName("xcr"), JAVA_INT.withName("reserved"), JAVA_LONG.withName("value"));

    static final StructLayout XCRS = structLayout(
            JAVA_INT.withName("nr_xcrs"),
            JAVA_INT.withName("flags"),
            sequenceLayout(16, XCR).withName("xcrs"),
            sequenceLayout(16, JAVA_LONG).withName("padding"));

    /** Followed by the mask itself, which does not count for the request's number. */
    static final StructLayout SIGNAL_MASK = structLayout(JAVA_INT.withName("len"));

    /** Followed by the entries, which do not count for the request's number. */
    static final StructLayout CPUID2 = structLayout(JAVA_INT.withName("nent"), JAVA_INT.withName("padding"));

    static final StructLayout CPUID_ENTRY2 = structLayout(
            JAVA_INT.withName("function"),
            JAVA_INT.withName("index"),
            JAVA_INT.withName("flags"),
            JAVA_INT.withName("eax"),
            JAVA_INT.withName("ebx"),
            JAVA_INT.withName("ecx"),
            JAVA_INT.withName("edx"),
            sequenceLayout(3, JAVA_INT).withName("padding"));

    static final StructLayout ENABLE_CAP = structLayout(
            JAVA_INT.withName("cap"),
            JAVA_INT.withName("flags"),
            sequenceLayout(4, JAVA_LONG).withName("args"),
            sequenceLayout(64, JAVA_BYTE).withName("pad"));

    /** The page that a virtual CPU shares with us. The union of details of an exit is at {@link #RUN_DETAILS}. */
    static final StructLayout RUN = structLayout(
            JAVA_BYTE.withName("request_interrupt_window"),
            JAVA_BYTE.withName("immediate_exit"),
            paddingLayout(6),
            JAVA_INT.withName("exit_reason"),
            JAVA_BYTE.withName("ready_for_interrupt_injection"),
            JAVA_BYTE.withName("if_flag"),
            JAVA_SHORT.withName("flags"),
            JAVA_LONG.withName("cr8"),
            JAVA_LONG.withName("apic_base"),
            sequenceLayout(256, JAVA_BYTE).withName("details"),
            JAVA_LONG.withName("kvm_valid_regs"),
            JAVA_LONG.withName("kvm_dirty_regs"),
            SYNC_REGS.withName("s"));

    static final long RUN_EXIT_REASON = offset(RUN, "exit_reason");
    static final long RUN_DETAILS = offset(RUN, "details");
    static final long RUN_VALID_REGS = offset(RUN, "kvm_valid_regs");
    static final long RUN_DIRTY_REGS = offset(RUN, "kvm_dirty_regs");
    static final long RUN_SYNC_REGS = offset(RUN, "s");

    /** Details of an exit for {@code KVM_EXIT_IO}. */
    static final StructLayout RUN_IO = structLayout(
            JAVA_BYTE.withName("direction"),
            JAVA_BYTE.withName("size"),
            JAVA_SHORT.withName("port"),
            JAVA_INT.withName("count"),
            JAVA_LONG.withName("data_offset"));

    /** Details of an exit for {@code KVM_EXIT_MMIO}. */
    static final StructLayout RUN_MMIO = structLayout(
            JAVA_LONG.withName("phys_addr"),
            JAVA_LONG.withName("data"),
            JAVA_INT.withName("len"),
            JAVA_BYTE.withName("is_write"),
            paddingLayout(3));

    private Structs() {}

    /** The offset of a field, or of a field of a field, in bytes. */
    static long offset(MemoryLayout layout, String... names) {
        PathElement[] path = new PathElement[names.length];
        for (int i = 0; i < names.length; i++) {
            path[i] = PathElement.groupElement(names[i]);
        }
        return layout.byteOffset(path);
    }
}

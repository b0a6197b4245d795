package dev.mayfly.kvm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Locale;

/**
 * General registers, special registers and waiting events of a virtual CPU, to be loaded as often as wanted. Made by
 * {@link Vcpu#state}, so that it begins as what the kernel gives a new virtual CPU.
 */
public final class CpuState {

    /** A segment register that code in 64-bit mode uses. */
    public enum SegmentRegister {
        CS,
        DS,
        ES,
        FS,
        GS,
        SS
    }

    private static final byte BUSY_TASK_STATE = 11;

    private final MemorySegment values = Arena.ofAuto().allocate(Structs.SYNC_REGS);

    CpuState() {}

    MemorySegment values() {
        return values;
    }

    MemorySegment part(String name, long bytes) {
        return values.asSlice(Structs.offset(Structs.SYNC_REGS, name), bytes);
    }

    /** Sets a general register. */
    public CpuState general(GeneralRegister register, long value) {
        values.set(JAVA_LONG, register.offset(), value);
        return this;
    }

    /** Sets {@code cr0}, {@code cr3}, {@code cr4} or {@code efer}, by that name. */
    public CpuState control(String register, long value) {
        values.set(JAVA_LONG, Structs.offset(Structs.SYNC_REGS, "sregs", register), value);
        return this;
    }

    /**
     * Sets a segment register to a flat segment: base zero, limit as far as it goes.
     *
     * @param privilegeLevel 0 to 3
     * @param type of the descriptor, as the processor's manual numbers code and data segments
     * @param code64 whether it is 64-bit code
     */
    public CpuState segment(SegmentRegister register, int selector, int privilegeLevel, int type, boolean code64) {
        String name = register.name().toLowerCase(Locale.ROOT);
        MemorySegment segment = values.asSlice(Structs.offset(Structs.SYNC_REGS, "sregs", name), Structs.SEGMENT);
        segment.fill((byte) 0);
        segment.set(JAVA_INT, Structs.offset(Structs.SEGMENT, "limit"), -1);
        segment.set(JAVA_SHORT, Structs.offset(Structs.SEGMENT, "selector"), (short) selector);
        segment.set(JAVA_BYTE, Structs.offset(Structs.SEGMENT, "type"), (byte) type);
        segment.set(JAVA_BYTE, Structs.offset(Structs.SEGMENT, "present"), (byte) 1);
        segment.set(JAVA_BYTE, Structs.offset(Structs.SEGMENT, "dpl"), (byte) privilegeLevel);
        segment.set(JAVA_BYTE, Structs.offset(Structs.SEGMENT, "db"), (byte) (code64 ? 0 : 1));
        segment.set(JAVA_BYTE, Structs.offset(Structs.SEGMENT, "s"), (byte) 1);
        segment.set(JAVA_BYTE, Structs.offset(Structs.SEGMENT, "l"), (byte) (code64 ? 1 : 0));
        segment.set(JAVA_BYTE, Structs.offset(Structs.SEGMENT, "g"), (byte) 1);
        return this;
    }

    /**
     * Says where the task state segment is, whose bitmap says which ports may be used.
     *
     * @param base its address in the guest
     * @param limit the offset of its last byte
     */
    public CpuState taskState(int selector, long base, int limit) {
        MemorySegment segment = values.asSlice(Structs.offset(Structs.SYNC_REGS, "sregs", "tr"), Structs.SEGMENT);
        segment.fill((byte) 0);
        segment.set(JAVA_LONG, Structs.offset(Structs.SEGMENT, "base"), base);
        segment.set(JAVA_INT, Structs.offset(Structs.SEGMENT, "limit"), limit);
        segment.set(JAVA_SHORT, Structs.offset(Structs.SEGMENT, "selector"), (short) selector);
        segment.set(JAVA_BYTE, Structs.offset(Structs.SEGMENT, "type"), BUSY_TASK_STATE);
        segment.set(JAVA_BYTE, Structs.offset(Structs.SEGMENT, "present"), (byte) 1);
        return this;
    }

    /**
     * Leaves the guest without descriptor tables: no interrupt has a handler, no selector can be loaded. Without this,
     * a new virtual CPU's local table is at address zero.
     */
    public CpuState noDescriptorTables() {
        MemorySegment local = values.asSlice(Structs.offset(Structs.SYNC_REGS, "sregs", "ldt"), Structs.SEGMENT);
        local.fill((byte) 0);
        local.set(JAVA_BYTE, Structs.offset(Structs.SEGMENT, "unusable"), (byte) 1);
        for (String table : new String[] {"gdt", "idt"}) {
            values.asSlice(Structs.offset(Structs.SYNC_REGS, "sregs", table), Structs.DTABLE)
                    .fill((byte) 0);
        }
        return this;
    }
}

package dev.mayfly.vmm;

import dev.mayfly.abi.MemoryMap;
import dev.mayfly.abi.Port;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.BitSet;
import java.util.HexFormat;

/**
 * The first instructions of every invocation, and the processor's task state: a page of code and pages of constants
 * below the image, which the guest sees and cannot change.
 *
 * <p>The host sets general, segment and control registers for each invocation. The x87, SSE, AVX (and AVX-512, where
 * the processor has it) state is put back to its initial values by the guest's own first instructions, which costs a
 * fraction of what a request to the kernel does and leaves out nothing that the processor has: {@code xrstor} is asked
 * for every component there is. A guest cannot get round it, because the host starts it here and nowhere else.
 *
 * <p>The stub contains no {@code out} at its beginning. KVM completes an {@code out} only when the virtual CPU
 * runs again, by moving on if the instruction pointer still is at that {@code out}; beginning here, it never is.
 *
 * <p>All that matters of the task state is its bitmap of ports, in which those of hypercalls alone are free. The flags'
 * I/O privilege level stays zero: not every hypervisor heeds it, and it would also permit {@code cli} and {@code sti}.
 */
final class EntryStub {

    /** Where the code is, in the guest's address space. */
    static final long ADDRESS = MemoryMap.IMAGE - (2L << 20);

    /** Where the constants are. */
    static final long CONSTANTS = ADDRESS + MemoryMap.PAGE;

    /**
     * How long the constants are: no shorter than the area that {@code xrstor} restores all components from, though they
     * are all initial. Processors with AMX look at the whole of its 10.75 KiB, and those with APX have 128 bytes more.
     */
    static final int CONSTANTS_BYTES = 4 * MemoryMap.PAGE;

    /** The initial value of MXCSR: all exceptions masked, round to nearest. */
    private static final int MXCSR = 0x1F80;

    /** Where the task state segment is, in the guest's address space. */
    static final long TASK_STATE = CONSTANTS + 0x400;

    private static final int TASK_STATE_BYTES = 104;
    private static final int MAP_BASE_OFFSET = 102;

    /** Ports that the bitmap speaks of; all others are forbidden. */
    private static final int MAPPED_PORTS = 0x30;

    /** Of the bitmap, and a byte behind it that the processor demands. */
    private static final int MAP_BYTES = MAPPED_PORTS / Byte.SIZE + 1;

    /** The offset of the task state's last byte. */
    static final int TASK_STATE_LIMIT = TASK_STATE_BYTES + MAP_BYTES - 1;

    /** An access to a port of four bytes is one to four ports. */
    private static final int HYPERCALL_BYTES = 4;

    private static final int[] PORTS = {Port.EXIT, Port.IMPORT, Port.MEMORY_GROW, Port.TRAP};

    /** Where the save area for {@code xrstor} has it. The rest of the area is zero: every component is initial. */
    private static final int MXCSR_OFFSET = 24;

    private EntryStub() {}

    /** The page of code. It is entered with the address of the image's entry in {@code rcx}. */
    static byte[] code() {
        String code = "dbe3" // fninit: also clears the pointers that xrstor may leave alone
                + "b8ffffffff" // mov eax, -1
                + "89c2" // mov edx, eax: every component
                + "480fae2d" + "ef0f0000" // xrstor64 [rip + CONSTANTS - here]
                + "31c0" // xor eax, eax
                + "31d2" // xor edx, edx
                + "ffd1" // call rcx
                + "e710" // out EXIT, eax: the entry returned
                + "0f0b"; // ud2
        return HexFormat.of().parseHex(code);
    }

    /** Writes the constants where there are zeros. */
    static void writeConstants(MemorySegment page) {
        page.set(ValueLayout.JAVA_INT, MXCSR_OFFSET, MXCSR);
        MemorySegment taskState = page.asSlice(TASK_STATE - CONSTANTS, TASK_STATE_LIMIT + 1);
        taskState.set(ValueLayout.JAVA_SHORT, MAP_BASE_OFFSET, (short) TASK_STATE_BYTES);
        BitSet forbidden = new BitSet();
        forbidden.set(0, MAP_BYTES * Byte.SIZE);
        for (int port : PORTS) {
            forbidden.clear(port, port + HYPERCALL_BYTES);
        }
        taskState.asSlice(TASK_STATE_BYTES).copyFrom(MemorySegment.ofArray(forbidden.toByteArray()));
    }
}

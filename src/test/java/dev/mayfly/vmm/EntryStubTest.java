package dev.mayfly.vmm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.abi.MemoryMap;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class EntryStubTest {

    private final MemorySegment constants = MemorySegment.ofArray(new long[MemoryMap.PAGE / Long.BYTES]);

    @Test
    void fourBytesMayBeWrittenToThePortsOfHypercallsAndNoOthers() throws Exception {
        EntryStub.writeConstants(constants);
        MemorySegment taskState =
                constants.asSlice(EntryStub.TASK_STATE - EntryStub.CONSTANTS, EntryStub.TASK_STATE_LIMIT + 1);
        int map = taskState.get(ValueLayout.JAVA_SHORT, 102);
        Set<Integer> free = new TreeSet<>();
        for (int port = 0; port <= 0xFFFF; port++) {
            if (mayAccessFourBytes(taskState, map, port)) {
                free.add(port);
            }
        }
        assertThat(free).isEqualTo(TestGuest.hypercallPorts());
    }

    /** As the processor decides: all four bits must be zero, in two bytes that both lie within the segment. */
    private static boolean mayAccessFourBytes(MemorySegment taskState, int map, int port) {
        int offset = map + port / 8;
        if (offset + 1 >= taskState.byteSize()) {
            return false;
        }
        int bits = taskState.get(ValueLayout.JAVA_SHORT_UNALIGNED, offset);
        return (bits >>> (port % 8) & 0xF) == 0;
    }

    @Test
    void theStateThatIsRestoredIsWithinTheConstantsWhateverTheProcessorHas() {
        // Processors with AMX (CPUID, leaf 0Dh): tile data of 8192 bytes at 2816. A shorter area faults there.
        assertThat(EntryStub.CONSTANTS_BYTES).isGreaterThanOrEqualTo(2816 + 8192 + 128);
        assertThat(EntryStub.CONSTANTS_BYTES % MemoryMap.PAGE).isZero();
        assertThat(EntryStub.CONSTANTS + EntryStub.CONSTANTS_BYTES).isLessThan(MemoryMap.IMAGE);
    }

    @Test
    void theConstantsAreWithinThePage() {
        assertThat(EntryStub.code().length).isLessThan(MemoryMap.PAGE);
        assertThat(EntryStub.TASK_STATE + EntryStub.TASK_STATE_LIMIT).isLessThan(EntryStub.CONSTANTS + MemoryMap.PAGE);
        EntryStub.writeConstants(constants);
        assertThat(constants.get(ValueLayout.JAVA_INT, 24)).isEqualTo(0x1F80);
    }
}

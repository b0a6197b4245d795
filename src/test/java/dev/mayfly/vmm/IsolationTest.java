package dev.mayfly.vmm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.mayfly.abi.Context;
import dev.mayfly.kvm.RequiresKvm;
import dev.mayfly.nativeaccess.RequiresLinux;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Nothing that an instance leaves behind is there for the next one in the same slot. */
@RequiresLinux
@RequiresKvm
class IsolationTest {

    /**
     * Fills stack, data, linear memory, all general, x87, SSE and AVX registers, their control registers, and the flags
     * (alignment check, identification and direction among them), and leaves.
     */
    private static final String DIRTY = "48b85a5a5a5a5a5a5a5ab90008000050ffc975fb48bf0010020004000000"
            + "b9001c0000f348ab31ffb900200000f348ab687f0c0000d92c24d9ebd9eb"
            + "d9ebd9ebd9ebd9ebd9ebd9eb6880ff00000fae1424c4e1f96ec0c4e37d18"
            + "c001c5fc28c8c5fc28d0c5fc28d8c5fc28e0c5fc28e8c5fc28f0c5fc28f8"
            + "c57c28c0c57c28c8c57c28d0c57c28d8c57c28e0c57c28e8c57c28f0c57c"
            + "28f868d50c24009d4889c34889c14889c24889c64889c74889c54989c049"
            + "89c14989c24989c34989c44989c54989c64989c7e710";

    /** Where in the dump the {@code fxsave} area is, and MXCSR in that. */
    private static final int FXSAVE = 0x200;

    private static final int MXCSR = FXSAVE + 24;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void registersAreAsInANewMachine(boolean reuse) throws Exception {
        try (TestGuest guest = TestGuest.of(StateDump.BASIC.code(), DIRTY, new SlotOptions(reuse, 1 << 20))) {
            byte[] fresh = StateDump.BASIC.take(guest);
            assertThat(MemorySegment.ofArray(fresh).get(JAVA_LONG.withByteAlignment(1), MXCSR) & 0xFFFF)
                    .isEqualTo(0x1F80);
            for (int i = 0; i < 3; i++) {
                try (Prepared instance = guest.slot.prepare(guest.image)) {
                    assertThat(instance.run(TestGuest.OTHER, TestGuest.Calls.NONE)
                                    .ending())
                            .isEqualTo(new Ending.Exited());
                }
                assertThat(guest.slot.hasMachine()).isEqualTo(reuse);
                assertThat(StateDump.BASIC.take(guest)).isEqualTo(fresh);
                guest.assertStillWorks();
            }
        }
    }

    @Test
    void theDumpWouldShowWhatIsLeftBehind() throws Exception {
        // The dirty program without its last instruction, and then the dump: the control for the test above.
        String falling = DIRTY.substring(0, DIRTY.length() - 4);
        int length = falling.length() / 2;
        String jump = "e9" + littleEndian((int) (TestGuest.CODE - TestGuest.OTHER) - length - 5);
        try (TestGuest guest = TestGuest.of(StateDump.BASIC.code(), falling + jump, SlotOptions.DEFAULT)) {
            byte[] fresh = StateDump.BASIC.take(guest);
            byte[] dirty;
            try (Prepared instance = guest.slot.prepare(guest.image)) {
                instance.run(TestGuest.OTHER, TestGuest.Calls.NONE);
                dirty = StateDump.BASIC.read(instance);
            }
            for (int lane = 0x400; lane < StateDump.BASIC_BYTES; lane += 16) {
                assertThat(dirty[lane]).as("vector lane at " + lane).isNotEqualTo(fresh[lane]);
            }
            for (int register = 0; register < 0x80; register += 8) {
                assertThat(dirty[register]).as("register at " + register).isNotEqualTo(fresh[register]);
            }
            assertThat(dirty[MXCSR + 1]).isNotEqualTo(fresh[MXCSR + 1]);
            assertThat(dirty[FXSAVE + 1]).isNotEqualTo(fresh[FXSAVE + 1]);
        }
    }

    private static String littleEndian(int value) {
        return "%08x".formatted(Integer.reverseBytes(value));
    }

    /** {@code rdfsbase rax; rdgsbase rcx; or rax, rcx; out IMPORT, eax}: goes on if both are zero. */
    @Test
    void segmentBasesAreZeroAgain() throws Exception {
        String read = "f3480faec0" + "f3480faec9" + "4809c8" + "e711" + "e710";
        String write = "48b80000020004000000" + "f3480faed0" + "f3480faed8" + "e710";
        try (TestGuest guest = TestGuest.of(read, write, SlotOptions.DEFAULT)) {
            assumeTrue(
                    runAt(guest, TestGuest.OTHER, 0).equals(new Ending.Exited()),
                    "this processor refuses to write segment bases at level 3");
            assertThat(runAt(guest, TestGuest.CODE, 0)).isEqualTo(new Ending.Exited());
        }
    }

    /** AVX-512 may be usable although it is not enabled: some hypervisors leave the host's setting in force. */
    @Test
    void avx512RegistersAreZeroAgain() throws Exception {
        String write = "bb1122334462627d487cfb62f27d487ccbc5f892cb" + "e710";
        String read = "62f3fd483bca01c5f97ed06263fd483bfb01c5f97ed909c8c5f893c909c8" + "e711" + "e710";
        try (TestGuest guest = TestGuest.of(read, write, SlotOptions.DEFAULT)) {
            assumeTrue(
                    runAt(guest, TestGuest.OTHER, 0).equals(new Ending.Exited()),
                    "no AVX-512 in guests on this machine");
            assertThat(runAt(guest, TestGuest.CODE, 0)).isEqualTo(new Ending.Exited());
        }
    }

    /** Goes on after an import call with the expected index, and stops at any other. */
    private static Ending runAt(TestGuest guest, long entry, int expected) throws VmmException {
        Hypercalls calls = new Hypercalls() {
            @Override
            public Next importCall(int index, GuestMemory memory) {
                return index == expected ? Next.RESUME : Next.STOP;
            }
        };
        try (Prepared instance = guest.slot.prepare(guest.image)) {
            return instance.run(entry, calls).ending();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 64 << 10, 64 << 20})
    void memoryThatAnInstanceHadGrownIsZeroWhenAnotherGrows(long retained) throws Exception {
        // mov rax, DATA + ARGUMENT; mov qword [rax], 50; out MEMORY_GROW, eax; then either
        String grow = "48b80800020004000000" + "48c70032000000" + "e712";
        // or byte [0x20000 + 40 * 65536], 1; out EXIT
        String growAndWrite = grow + "800c25" + "00002a00" + "01" + "e710";
        // or byte [0x3000], 1: another page, which makes the host look anew for what was written
        String writeElsewhere = "800c250030000001" + "e710";
        try (TestGuest guest = TestGuest.of(growAndWrite, writeElsewhere, new SlotOptions(true, retained))) {
            for (int i = 0; i < 4; i++) {
                runGrown(guest);
                runAt(guest, TestGuest.OTHER, 0);
                guest.assertStillWorks();
                runGrown(guest);
                runGrown(guest);
                guest.assertStillWorks();
            }
        }
    }

    private static void runGrown(TestGuest guest) throws VmmException {
        try (Prepared instance = guest.slot.prepare(guest.image)) {
            assertThat(instance.run(TestGuest.CODE, TestGuest.Calls.NONE).ending())
                    .isEqualTo(new Ending.Exited());
            GuestMemory memory = instance.memory();
            assertThat(memory.linear().byteSize()).isEqualTo(52L * LinearMemory.PAGE);
            assertThat(memory.context().get(JAVA_LONG, Context.RESULT)).isEqualTo(2);
            assertThat(memory.context().get(JAVA_LONG, Context.MEMORY_BYTES)).isEqualTo(52L * LinearMemory.PAGE);
            MemorySegment grown = memory.linear().asSlice(2L * LinearMemory.PAGE);
            assertThat(grown.get(JAVA_BYTE, 40L * LinearMemory.PAGE)).isOne();
            grown.set(JAVA_BYTE, 40L * LinearMemory.PAGE, (byte) 0);
            assertThat(grown.mismatch(MemorySegment.ofArray(new byte[(int) grown.byteSize()])))
                    .isEqualTo(-1);
            grown.fill((byte) 0x5A);
        }
    }

    @Test
    void slotsOfTheSameImageDoNotSeeEachOther() throws Exception {
        try (TestGuest guest = TestGuest.of(DIRTY);
                Slot other = guest.hypervisor.openSlot(SlotOptions.DEFAULT);
                Prepared first = guest.slot.prepare(guest.image);
                Prepared second = other.prepare(guest.image)) {
            first.run(TestGuest.CODE, TestGuest.Calls.NONE);
            TestGuest.assertPristine(second.memory());
            second.run(TestGuest.GOOD, TestGuest.Calls.NONE);
            assertThat(first.memory().linear().get(JAVA_BYTE, 0)).isEqualTo((byte) 0x5A);
        }
    }

    @Test
    void whatTheHostWroteBeforehandIsGoneToo() throws Exception {
        try (TestGuest guest = TestGuest.of(StateDump.BASIC.code())) {
            try (Prepared instance = guest.slot.prepare(guest.image)) {
                instance.memory().linear().fill((byte) 1);
                instance.memory().context().fill((byte) 1);
            }
            guest.assertStillWorks();
        }
    }
}

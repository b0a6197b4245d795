package dev.mayfly.vmm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.abi.TrapCode;
import dev.mayfly.kvm.RequiresKvm;
import dev.mayfly.nativeaccess.RequiresLinux;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * After a long time of good and bad instances, of machines made and thrown away, the process holds what it held in the
 * beginning. The number of rounds is {@code -Dmayfly.soak.rounds=1000000}.
 */
@RequiresLinux
@RequiresKvm
class SlotSoakIT {

    private static final int ROUNDS = Integer.getInteger("mayfly.soak.rounds", 300);
    private static final int WARM_UP_ROUNDS = 50;

    private static final String GROW =
            "48b80800020004000000" + "48c70032000000" + "e712" + "800c25" + "00003300" + "01" + "c3";
    private static final String FOREVER = "ebfe";

    /** A program, and how it ends. */
    private record Program(String code, Class<? extends Ending> ending) {}

    private static final List<Program> PROGRAMS = List.of(
            new Program("c3", Ending.Exited.class),
            new Program(GROW, Ending.Exited.class),
            new Program("e711", Ending.Stopped.class),
            new Program("b800000020" + "8b00", Ending.Trapped.class),
            new Program("b8%02x000000".formatted(TrapCode.UNREACHABLE.ordinal()) + "e720", Ending.Trapped.class),
            new Program("0f0b", Ending.Violation.class),
            new Program("f4", Ending.Violation.class),
            new Program(FOREVER, Ending.Interrupted.class));

    @Test
    void nothingPilesUp() throws Exception {
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            round(i);
        }
        ProcessMemory before = ProcessMemory.now();
        for (int i = 0; i < ROUNDS; i++) {
            round(i);
        }
        ProcessMemory after = ProcessMemory.now();
        System.out.printf(
                "%d rounds of %d instances%nbefore: %s%nafter:  %s%n", ROUNDS, 2 * PROGRAMS.size(), before, after);
        assertThat(after.descriptors()).isLessThanOrEqualTo(before.descriptors() + 5);
        assertThat(after.mappings()).isLessThanOrEqualTo(before.mappings() + 50);
        assertThat(after.residentKiB()).isLessThanOrEqualTo(before.residentKiB() + (48 << 10));
    }

    /** A hypervisor, an image and a slot for each program, which runs it, a good one, and it again. */
    private static void round(int number) throws Exception {
        for (Program program : PROGRAMS) {
            SlotOptions options = new SlotOptions(number % 4 != 3, number % 2 == 0 ? 16 << 20 : 0);
            try (TestGuest guest = TestGuest.of(program.code(), options)) {
                run(guest, program);
                if (number % 3 == 0) {
                    guest.slot.trim();
                }
                guest.assertStillWorks();
                run(guest, program);
            }
        }
    }

    private static void run(TestGuest guest, Program program) throws VmmException {
        try (Prepared instance = guest.slot.prepare(guest.image)) {
            if (program.ending() == Ending.Interrupted.class) {
                instance.interrupt().request();
            }
            assertThat(instance.run(TestGuest.CODE, TestGuest.Calls.NONE).ending())
                    .isInstanceOf(program.ending());
        }
    }
}

package dev.mayfly.vmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mayfly.kvm.KvmUnavailableException;
import dev.mayfly.kvm.RequiresKvm;
import dev.mayfly.nativeaccess.FaultySystem;
import dev.mayfly.nativeaccess.RequiresLinux;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The system fails in the middle: of the instance that it happens to, and of no other, and nothing is left behind. */
@RequiresLinux
@RequiresKvm
class FaultTest {

    /** Grows memory by 50 pages, writes to the last one, leaves. */
    private static final String GROW =
            "48b80800020004000000" + "48c70032000000" + "e712" + "800c25" + "00003300" + "01" + "c3";

    private static final String RUN = "ae80";

    private final FaultySystem system = new FaultySystem();

    @ParameterizedTest
    @ValueSource(ints = {FaultySystem.EIO, FaultySystem.ENOMEM})
    void whicheverCallFailsNothingIsLeftBehind(int errno) throws Exception {
        int failures = 0;
        int call = 0;
        do {
            system.failCall(call, errno);
            failures += lifeFails() ? 1 : 0;
            assertThat(system.held()).as("call %d has failed", call).isEmpty();
        } while (system.calls() > call++);
        assertThat(call).as("calls in a life").isGreaterThan(40);
        assertThat(failures).as("failures that somebody notices").isGreaterThan(25);
    }

    private boolean lifeFails() {
        try (TestGuest guest = TestGuest.of(system.linux(), TestGuest.image(GROW, ""))) {
            guest.run();
            guest.run();
            return false;
        } catch (VmmException | KvmUnavailableException e) {
            assertThat(e).hasMessageNotContaining("null");
            return true;
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {FaultySystem.EIO, FaultySystem.ENOMEM})
    void aSlotWorksAgainAfterAnyCallOfAnInstanceHasFailed(int errno) throws Exception {
        try (TestGuest guest = TestGuest.of(system.linux(), TestGuest.image(GROW, ""))) {
            for (boolean newMachine : new boolean[] {true, false}) {
                int call = 0;
                do {
                    if (newMachine) {
                        guest.slot.trim();
                    }
                    system.failCall(call, errno);
                    instanceEndsSomehow(guest);
                    system.repair();
                    guest.assertStillWorks();
                } while (system.calls() > call++);
                assertThat(call).isGreaterThan(newMachine ? 20 : 5);
            }
        }
        assertThat(system.held()).isEmpty();
    }

    private static void instanceEndsSomehow(TestGuest guest) {
        try {
            guest.run();
        } catch (VmmException e) {
            assertThat(e).hasMessageMatching("(cannot make a machine|a machine failed): .*(EIO|ENOMEM).*");
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "KVM_CREATE_VM, ae01",
        "KVM_SET_USER_MEMORY_REGION, 4020ae46",
        "KVM_CREATE_VCPU, ae41",
        "KVM_SET_CPUID2, 4008ae90",
        "KVM_SET_SREGS, 4138ae84",
        "KVM_RUN, ae80",
    })
    void aBrokenDeviceFailsInvocationsUntilItIsRepaired(String name, String request) throws Exception {
        try (TestGuest guest = TestGuest.of(system.linux(), TestGuest.image(GROW, ""))) {
            for (int errno : new int[] {FaultySystem.EIO, FaultySystem.ENOMEM}) {
                system.fail(call -> call.equals(request), errno);
                for (int i = 0; i < 3; i++) {
                    assertThatExceptionOfType(VmmException.class).isThrownBy(guest::run);
                    assertThat(guest.slot.hasMachine()).isFalse();
                }
                system.repair();
                guest.assertStillWorks();
                guest.slot.trim();
            }
        }
        assertThat(system.held()).isEmpty();
    }

    @Test
    void aStormOfInterruptionsEndsNothing() throws Exception {
        int[] interruptions = {0};
        try (TestGuest guest = TestGuest.of(system.linux(), TestGuest.image(GROW, ""))) {
            system.fail(call -> call.equals(RUN) && interruptions[0]++ % 1000 != 999, FaultySystem.EINTR);
            assertThat(guest.run()).isEqualTo(new Ending.Exited());
            guest.assertStillWorks();
        }
        assertThat(interruptions[0]).isGreaterThanOrEqualTo(3000);
    }

    @Test
    void aGuestCanBeEndedInAStormOfInterruptions() throws Exception {
        int[] interruptions = {0};
        try (TestGuest guest = TestGuest.of(system.linux(), TestGuest.image(GROW, ""));
                Prepared instance = guest.slot.prepare(guest.image)) {
            system.fail(call -> call.equals(RUN) && ended(instance, ++interruptions[0]), FaultySystem.EINTR);
            assertThat(instance.run(TestGuest.CODE, TestGuest.Calls.NONE).ending())
                    .isEqualTo(new Ending.Interrupted());
        }
    }

    /** Always true; asks for the end after a while. */
    private static boolean ended(Prepared instance, int interruptions) {
        if (interruptions == 1000) {
            try {
                instance.interrupt().request();
            } catch (VmmException e) {
                throw new AssertionError(e);
            }
        }
        return true;
    }

    @ParameterizedTest
    @CsvSource({"1, true", "2, true", "3, false"})
    void aMachineThatDoesNotStartIsStartedAgain(int falseStarts, boolean succeeds) throws Exception {
        try (TestGuest guest = TestGuest.of(system.linux(), TestGuest.image(GROW, ""))) {
            for (int i = 0; i < 3; i++) {
                system.failToStart(falseStarts);
                Ending ending = guest.run();
                if (succeeds) {
                    assertThat(ending).isEqualTo(new Ending.Exited());
                } else {
                    assertThat(ending).isInstanceOf(Ending.Violation.class);
                }
                guest.assertStillWorks();
            }
        }
        assertThat(system.held()).isEmpty();
    }

    @Test
    void memoryThatTheSystemRefusesIsNotGrown() throws Exception {
        try (TestGuest guest = TestGuest.of(system.linux(), TestGuest.image(GROW, ""))) {
            guest.assertStillWorks();
            try (Prepared instance = guest.slot.prepare(guest.image)) {
                system.fail("mprotect"::equals, FaultySystem.ENOMEM);
                // It does not heed the answer, and writes out of bounds.
                assertThat(instance.run(TestGuest.CODE, TestGuest.Calls.NONE).ending())
                        .isInstanceOf(Ending.Trapped.class);
                assertThat(instance.memory().linear().byteSize()).isEqualTo(2L * TestGuest.PAGE);
                system.repair();
            }
            guest.assertStillWorks();
        }
        assertThat(system.held()).isEmpty();
    }
}

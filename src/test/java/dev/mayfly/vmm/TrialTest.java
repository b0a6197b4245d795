package dev.mayfly.vmm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;

import dev.mayfly.kvm.RequiresKvm;
import dev.mayfly.nativeaccess.FaultySystem;
import dev.mayfly.nativeaccess.RequiresLinux;
import org.junit.jupiter.api.Test;

/** Whether guests run is known before functions do. */
@RequiresLinux
@RequiresKvm
class TrialTest {

    private static final String RUN = "ae80";

    private final FaultySystem system = new FaultySystem();

    @Test
    void aHypervisorThatRunsGuestsPasses() throws Exception {
        try (Hypervisor hypervisor = Hypervisor.open(system.linux())) {
            assertThatNoException().isThrownBy(hypervisor::tryOut);
        }
        assertThat(system.held()).isEmpty();
    }

    @Test
    void aHypervisorOnWhichNoGuestGetsAnywhereSaysHowItEnded() throws Exception {
        try (Hypervisor hypervisor = Hypervisor.open(system.linux())) {
            system.fail(call -> call.equals(RUN), FaultySystem.EFAULT);

            assertThatExceptionOfType(VmmException.class)
                    .isThrownBy(hypervisor::tryOut)
                    .withMessageContaining("STACK_OVERFLOW");
        }
        assertThat(system.held()).isEmpty();
    }
}

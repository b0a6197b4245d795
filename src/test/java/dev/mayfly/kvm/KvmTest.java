package dev.mayfly.kvm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mayfly.kvm.CpuState.SegmentRegister;
import dev.mayfly.kvm.KvmUnavailableException.Reason;
import dev.mayfly.nativeaccess.Linux;
import dev.mayfly.nativeaccess.Mapping;
import dev.mayfly.nativeaccess.NativeAccess;
import dev.mayfly.nativeaccess.NativeAccess.Available;
import dev.mayfly.nativeaccess.RequiresLinux;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresLinux
class KvmTest {

    private final Linux linux = ((Available) NativeAccess.probe()).linux();

    @Test
    void saysWhatToDoWhereTheDeviceIsMissing() {
        assertThatExceptionOfType(KvmUnavailableException.class)
                .isThrownBy(() -> Kvm.open(linux, "/dev/no-kvm-here"))
                .withMessageContaining("/dev/no-kvm-here does not exist: ")
                .withMessageContaining("--device /dev/kvm")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.MISSING));
    }

    @Test
    void saysWhatToDoWhereTheFileIsSomethingElse(@TempDir Path folder) throws Exception {
        Path file = Files.createFile(folder.resolve("kvm"));
        assertThatExceptionOfType(KvmUnavailableException.class)
                .isThrownBy(() -> Kvm.open(linux, file.toString()))
                .withMessageContaining("is not KVM")
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.MISSING));
    }

    /** A machine of one page, in the mode that every x86 processor starts in. */
    @Nested
    @RequiresKvm
    class Machine {

        @Test
        void runsCodeAndReportsWhatItWritesToAPort() throws Exception {
            // mov al, 42; out 0x10, al; hlt
            byte[] code = {(byte) 0xB0, 42, (byte) 0xE6, 0x10, (byte) 0xF4};
            try (Kvm kvm = Kvm.open(linux);
                    Mapping memory = linux.reserve(Mapping.PAGE, "guest memory")) {
                memory.resize(Mapping.PAGE);
                memory.segment().copyFrom(MemorySegment.ofArray(code));
                try (Vm vm = kvm.createVm()) {
                    vm.map(0, 0, memory, Vm.Access.READ_WRITE);
                    Vcpu cpu = vm.createVcpu();
                    cpu.load(realMode(cpu));
                    assertThat(cpu.run()).isEqualTo(new VmExit.PortWrite(0x10, 1, 1, 42));
                    assertThat(cpu.registers().rax() & 0xFF).isEqualTo(42);
                    assertThat(cpu.run()).isEqualTo(new VmExit.Halt());
                    assertThatIllegalStateException().isThrownBy(memory::close);
                }
                assertThat(memory.segment().get(JAVA_BYTE, 1)).isEqualTo((byte) 42);
            }
        }

        @Test
        void hasOneVirtualCpuWhichEndsWithIt() throws Exception {
            Vcpu cpu;
            try (Kvm kvm = Kvm.open(linux);
                    Vm vm = kvm.createVm()) {
                cpu = vm.createVcpu();
                assertThatIllegalStateException().isThrownBy(vm::createVcpu);
            }
            assertThatIllegalStateException().isThrownBy(cpu::run);
            assertThatIllegalStateException().isThrownBy(cpu::registers);
        }

        private static CpuState realMode(Vcpu cpu) throws Exception {
            return cpu.state()
                    .segment(SegmentRegister.CS, 0, 0, 11, false)
                    .general(GeneralRegister.RIP, 0)
                    .general(GeneralRegister.RFLAGS, 2);
        }
    }
}

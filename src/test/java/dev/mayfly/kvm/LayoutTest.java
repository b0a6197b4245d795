package dev.mayfly.kvm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.nativeaccess.Ioctl;
import java.lang.foreign.MemoryLayout;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The numbers of the kernel's binary interface, which never change, as a C compiler computes them from its headers. */
class LayoutTest {

    static Arguments[] requests() {
        return new Arguments[] {
            Arguments.of(Requests.GET_API_VERSION, 0x0000AE00),
            Arguments.of(Requests.CREATE_VM, 0x0000AE01),
            Arguments.of(Requests.CHECK_EXTENSION, 0x0000AE03),
            Arguments.of(Requests.GET_VCPU_MMAP_SIZE, 0x0000AE04),
            Arguments.of(Requests.GET_SUPPORTED_CPUID, 0xC008AE05),
            Arguments.of(Requests.CREATE_VCPU, 0x0000AE41),
            Arguments.of(Requests.SET_USER_MEMORY_REGION, 0x4020AE46),
            Arguments.of(Requests.SET_TSS_ADDR, 0x0000AE47),
            Arguments.of(Requests.RUN, 0x0000AE80),
            Arguments.of(Requests.GET_REGS, 0x8090AE81),
            Arguments.of(Requests.GET_SREGS, 0x8138AE83),
            Arguments.of(Requests.SET_SREGS, 0x4138AE84),
            Arguments.of(Requests.SET_SIGNAL_MASK, 0x4004AE8B),
            Arguments.of(Requests.SET_CPUID2, 0x4008AE90),
            Arguments.of(Requests.GET_VCPU_EVENTS, 0x8040AE9F),
            Arguments.of(Requests.ENABLE_CAP, 0x4068AEA3),
            Arguments.of(Requests.SET_XCRS, 0x4188AEA7),
        };
    }

    @ParameterizedTest
    @MethodSource("requests")
    void requestsHaveTheKernelsNumbers(Ioctl request, int number) {
        assertThat(request.number()).as(request.name()).isEqualTo(number);
    }

    static Arguments[] sizes() {
        return new Arguments[] {
            Arguments.of("kvm_segment", Structs.SEGMENT, 24),
            Arguments.of("kvm_dtable", Structs.DTABLE, 16),
            Arguments.of("kvm_sync_regs", Structs.SYNC_REGS, 520),
            Arguments.of("kvm_cpuid_entry2", Structs.CPUID_ENTRY2, 40),
        };
    }

    @ParameterizedTest
    @MethodSource("sizes")
    void structuresHaveTheKernelsSizes(String name, MemoryLayout layout, long size) {
        assertThat(layout.byteSize()).as(name).isEqualTo(size);
    }

    @Test
    void theSharedPageIsLaidOutAsTheKernelDoes() {
        assertThat(Structs.RUN_EXIT_REASON).isEqualTo(8);
        assertThat(Structs.RUN_DETAILS).isEqualTo(32);
        assertThat(Structs.RUN_VALID_REGS).isEqualTo(288);
        assertThat(Structs.RUN_DIRTY_REGS).isEqualTo(296);
        assertThat(Structs.RUN_SYNC_REGS).isEqualTo(304);
        assertThat(Structs.offset(Structs.SREGS, "cr0")).isEqualTo(224);
        assertThat(Structs.offset(Structs.SREGS, "efer")).isEqualTo(264);
        assertThat(Structs.offset(Structs.REGS, "rip")).isEqualTo(128);
        for (GeneralRegister register : GeneralRegister.values()) {
            String name = register.name().toLowerCase(Locale.ROOT);
            assertThat(register.offset()).isEqualTo(Structs.offset(Structs.REGS, name));
        }
    }
}

package dev.mayfly.vmm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.abi.Port;
import dev.mayfly.abi.TrapCode;
import dev.mayfly.kvm.RequiresKvm;
import dev.mayfly.nativeaccess.RequiresLinux;
import dev.mayfly.vmm.Ending.Violation;
import dev.mayfly.vmm.Ending.Violation.Kind;
import java.lang.foreign.ValueLayout;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Raw machine code that a compiler never makes. Every program ends with a clear outcome, after which the same slot runs
 * a good one. Where a program does no harm if the processor lets it through, it ends by {@code out EXIT}.
 */
@RequiresLinux
@RequiresKvm
class HostileCodeTest {

    private static final String EXIT = "e710";

    /** What only a kernel may do, or what only a kernel would handle. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "hlt, f4",
        "cli, fa",
        "sti, fb",
        "ud2, 0f0b",
        "int3, cc",
        "int 0, cd00",
        "int 0x80, cd80",
        "int 0xff, cdff",
        "syscall, 0f05",
        "sysenter, 0f34",
        "sysretq, 480f07",
        "sysexit, 480f35",
        "iretq, 48cf",
        "retfq, 48cb",
        "'mov rax, cr0', 0f20c0",
        "'mov cr0, rax', 0f22c0",
        "'mov rax, cr2', 0f20d0",
        "'mov rax, cr3', 0f20d8",
        "'mov cr3, rax', 0f22d8",
        "'mov rax, cr4', 0f20e0",
        "'mov cr4, rax', 0f22e0",
        "'mov cr8, rax', 440f22c0",
        "'mov rax, dr7', 0f21f8",
        "'mov dr7, rax', 0f23f8",
        "rdmsr EFER, b9800000c00f32",
        "wrmsr EFER, b9800000c031c031d20f30",
        "wrmsr LSTAR, b9820000c031c031d20f30",
        "wrmsr FS_BASE, b9000100c031c031d20f30",
        "rdmsr of KVM's clock, b9014d564b0f32",
        "wrmsr of KVM's clock, b9014d564bb80100000031d20f30",
        "wrmsr APIC_BASE, b91b00000031c031d20f30",
        "lgdt, 0f01142400",
        "lidt, 0f011c24",
        "lldt, 31c00f00d0",
        "'lldt 0x33', b8330000000f00d0",
        "ltr, b8330000000f00d8",
        "lmsw, 31c00f01f0",
        "clts, 0f06",
        "invlpg, 0f013c24",
        "invpcid, 660f38820424",
        "invd, 0f08",
        "wbinvd, 0f09",
        "swapgs, 0f01f8",
        "xsetbv, 31c931d2b8070000000f01d1",
        "monitor, 0f01c8",
        "mwait, 0f01c9",
        "rsm, 0faa",
        "vmrun, 0f01d8",
        "vmload, 0f01da",
        "clgi, 0f01dd",
        "skinit, 0f01de",
        "vmxon, f30fc73424",
        "encls, 0f01cf",
        "rdpmc, 31c90f33",
        "'mov ss, 0x33', b8330000008ed0",
        "'jmp far [rsp]', 48ff2c24",
        "a breakpoint after single-stepping, 9c810c2400010000" + "9d90",
        "single-stepping into the entry stub, 48b80000e0ff03000000" + "9c810c2400010000" + "9d" + "ffe0",
        "division by zero, 31c931d2f7f1",
        "an SSE exception, 6a000fae14240f57c00f5ec0",
    })
    void whatOnlyAKernelMayDoIsAnException(String name, String code) throws Exception {
        try (TestGuest guest = TestGuest.of(code + EXIT)) {
            assertViolates(guest.run(), Kind.EXCEPTION);
            guest.assertStillWorks();
        }
    }

    /**
     * Descriptors that would let it into kernel mode, if only the processor took them from where the guest can write:
     * a call gate to kernel code, and kernel data.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "load of a local selector, b80f000000" + "8ed8",
        "call through a local gate, 6a0f" + "48ff1c24",
        "jump through a local gate, 6a0f" + "48ff2c24",
        "global selector, b80b000000" + "8ed8",
    })
    void noDescriptorComesFromMemory(String name, String code) throws Exception {
        // mov rax, a descriptor of flat data at level 3; mov [8], rax
        String descriptor = "48b8ffff000000f3cf00" + "488904250800" + "0000";
        try (TestGuest guest = TestGuest.of(descriptor + code + EXIT)) {
            assertViolates(guest.run(), Kind.EXCEPTION);
            guest.assertStillWorks();
        }
    }

    /** Differs between processors and hypervisors; where it is let through, it tells and changes nothing of worth. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "vmcall, 0f01c1",
        "vmmcall, 0f01d9",
        "'kvm hypercall 1, patched by KVM', b8010000000f01c1",
        "rdtsc (CR4.TSD asks that it be refused), 0f31",
        "rdtscp, 0f01f9",
        "rdpid, f30fc7f8",
        "rdrand, 0fc7f0",
        "rdseed, 0fc7f8",
        "xgetbv, 31c90f01d0",
        "sgdt, 0f01442480",
        "sidt, 0f014c2480",
        "sldt, 0f00c0",
        "str, 0f00c8",
        "smsw, 0f01e0",
        "rdfsbase, f3480faec0",
        "wrfsbase, f3480faed0",
        "wrgsbase, f3480faed8",
        "rdpkru, 31c90f01ee",
        "wrpkru, 31c031c931d20f01ef",
        "umwait, f30faef0",
        "tpause, 660faef0",
        "enclu, 0f01d7",
        "xbegin, c7f800000000",
        "icebp, f1",
        "'mov ds, 0', 31c08ed8",
        "'mov ds, 0x2b', b82b0000008ed8",
        "'jmp far to 32-bit code, 0x23', 4883ec10c7042400000004c744240423000000ff2c24",
        "'mov fs, 0', 31c08ee0",
        "clflush, 0fae3c24",
        "prefetch of nothing, 0f180c25000000f0",
        "verr, 31c00f00e0",
        "lar, 31c00f02c0",
        "'popf of everything but the trap flag', 68fffeffff9d",
        "ssse3 on mmx, 0f3804c0",
        "avx-512, 62f17c4858c0",
        "amx tilerelease, c4e27849c0",
        "pause, f390",
    })
    void whatDiffersBetweenProcessorsDoesNoHarm(String name, String code) throws Exception {
        try (TestGuest guest = TestGuest.of(code + EXIT)) {
            Ending ending = guest.run();
            if (!ending.equals(new Ending.Exited())) {
                assertThat(ending).isInstanceOf(Violation.class);
            }
            guest.assertStillWorks();
        }
    }

    @Test
    void cpuidIsAllowed() throws Exception {
        try (TestGuest guest = TestGuest.of("31c00fa2" + EXIT)) {
            assertThat(guest.run()).isEqualTo(new Ending.Exited());
            guest.assertStillWorks();
        }
    }

    /** Writes to, and jumps to, what it may only read, execute or write. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "write to its own code, 488d05f9ffffff" + "8900",
        "write to constants, 48b80000010004000000" + "8900",
        "write to the entry stub, 48b80000e0ff03000000" + "8900",
        "write to the entry stub's constants, 48b80010e0ff03000000" + "8900",
        "read above the stack, 8b442410",
        "read above the image, 48b80000004004000000" + "8b00",
        "read far above the image, 48b80000000010000000" + "8b00",
        "read where a kernel would be, 48b8000000000080ffff" + "8b00",
        "write where KVM's own tables may be, 48b800000000000fffff" + "8900",
        "read at the top, 48c7c0f8ffffff" + "8b00",
        "read an impossible address, 48b80000000000800000" + "8b00",
        "push to an impossible address, 48bc0000000000800000" + "50",
        "jump to linear memory, 31c0" + "ffe0",
        "jump to the unbacked window, b800000020" + "ffe0",
        "jump to data, 48b80000020004000000" + "ffe0",
        "jump to constants, 48b80000010004000000" + "ffe0",
        "jump to the stack, 488d442480" + "ffe0",
        "jump to the stub's constants, 48b80010e0ff03000000" + "ffe0",
        "jump above the image, 48b80000004004000000" + "ffe0",
        "jump to where a kernel would be, 48b8000000000080ffff" + "ffe0",
        "jump to an impossible address, 48b80000000000800000" + "ffe0",
        "fall off the end of code, e9fbff0000",
        "write code to data and run it, 48b80000020004000000" + "c700e7100000" + "ffe0",
    })
    void pagesAreUsedOnlyAsTheyMayBe(String name, String code) throws Exception {
        try (TestGuest guest = TestGuest.of(code + EXIT)) {
            assertViolates(guest.run(), Kind.EXCEPTION);
            guest.assertStillWorks();
        }
    }

    /** rdi is just behind linear memory as it is, rsi deep in the unbacked window. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "load, 8b07",
        "store, 8907",
        "load in the window, 8b06",
        "store in the window, 8906",
        "load at the window's end, 48be0000200002000000" + "8b46fc",
        "load that crosses, 8b47fe",
        "store that crosses, 8947fe",
        "read-modify-write, 0107",
        "atomic read-modify-write, f00107",
        "atomic exchange, 8707",
        "cmpxchg16b, 480fc70f",
        "sse load, 0f1007",
        "sse store, 0f1107",
        "sse load that crosses, 0f1047f8",
        "avx load, c5fc1007",
        "avx store that crosses, c5fc1147f0",
        "fxsave, 480fae07",
        "fld, d907",
        "rep movsb from outside, 4889fe31ffb900010000f3a4",
        "rep stosb across, 4881ef80000000b900010000f3aa",
        "push, 488da7000000" + "01" + "50",
        "call, 488da7000000" + "01" + "e800000000",
        "ret, 488da7000000" + "01" + "c3",
    })
    void whatIsNotBackedIsOutOfBounds(String name, String code) throws Exception {
        String registers = "bf00000200" + "be00000020";
        try (TestGuest guest = TestGuest.of(registers + code + EXIT)) {
            assertThat(guest.run()).isEqualTo(new Ending.Trapped(TrapCode.MEMORY_OUT_OF_BOUNDS));
            guest.assertStillWorks();
        }
    }

    @Test
    void aStoreThatCrossesTheEndWritesNothing() throws Exception {
        // mov edi, 0x20000; mov dword [rdi - 2], -1
        try (TestGuest guest = TestGuest.of("bf00000200" + "c747feffffffff" + EXIT)) {
            try (Prepared instance = guest.slot.prepare(guest.image)) {
                assertThat(instance.run(TestGuest.CODE, TestGuest.Calls.NONE).ending())
                        .isEqualTo(new Ending.Trapped(TrapCode.MEMORY_OUT_OF_BOUNDS));
                TestGuest.assertPristine(instance.memory(), TestGuest.Stack.IGNORED);
            }
            guest.assertStillWorks();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "endless recursion, e8fbffffff",
        "a frame that the stack has no room for, 4881ec00000200" + "50",
        "a frame as large as the guard, 4881ec000000" + "01" + "50",
        "the stack pointer in the middle of the image, 48bc0000002004000000" + "50",
    })
    void leavingTheStackIsAnOverflow(String name, String code) throws Exception {
        // jmp STACK_CODE, where the code is
        String jump = "e9fb3f0000";
        String padding = "cc".repeat(0x4000 - jump.length() / 2);
        try (TestGuest guest = TestGuest.of(jump + padding + code)) {
            assertThat(guest.run()).isEqualTo(new Ending.Trapped(TrapCode.STACK_OVERFLOW));
            guest.assertStillWorks();
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "one byte to EXIT, e610",
        "two bytes to EXIT, 66e710",
        "one byte to IMPORT, e611",
        "bytes of a string, 66ba10004889e66e",
        "words of a string, 66ba11004889e6666f",
        "many bytes of a string, 66ba10004889e6b903000000f36e",
        "input from EXIT, e510",
        "string input from EXIT, 66ba1000488d7c24806d",
        "many of it, 66ba1000488d7c2480b903000000f36d",
    })
    void aHypercallIsFourBytesOutAndNothingElse(String name, String code) throws Exception {
        try (TestGuest guest = TestGuest.of(code + "0f0b")) {
            assertViolates(guest.run(), Kind.PORT);
            guest.assertStillWorks();
        }
    }

    /** {@code mov edx, [0]}, then an access to that port, then {@code out EXIT}. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({"'out dx, eax', ef", "'out dx, al', ee", "'in eax, dx', ed", "'in al, dx', ec"})
    void noPortButThoseOfHypercallsCanBeReached(String name, String access) throws Exception {
        Set<Integer> reached = new TreeSet<>();
        try (TestGuest guest = TestGuest.of("8b142500000000" + access + EXIT)) {
            for (int port = 0; port <= 0xFFFF; port += port < 0x100 ? 1 : 1999) {
                try (Prepared instance = guest.slot.prepare(guest.image)) {
                    instance.memory().linear().set(ValueLayout.JAVA_INT, 0, port);
                    if (!isException(instance.run(TestGuest.CODE, TestGuest.Calls.IGNORED)
                            .ending())) {
                        reached.add(port);
                    }
                }
            }
            guest.assertStillWorks();
        }
        Set<Integer> hypercalls = TestGuest.hypercallPorts();
        if (name.endsWith("eax") || name.contains("eax,")) {
            assertThat(reached).isEqualTo(hypercalls);
        } else {
            // A byte can also go to the ports that four bytes to those would touch.
            assertThat(reached).containsAll(hypercalls).allMatch(port -> port >= Port.EXIT && port < Port.TRAP + 4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"09000000", "ffffffff", "00000080"})
    void aTrapCodeThatThereIsNotIsAViolation(String code) throws Exception {
        try (TestGuest guest = TestGuest.of("b8" + code + "e720")) {
            assertViolates(guest.run(), Kind.HYPERCALL);
            guest.assertStillWorks();
        }
    }

    private static boolean isException(Ending ending) {
        return ending instanceof Violation violation && violation.kind() == Kind.EXCEPTION;
    }

    private static void assertViolates(Ending ending, Kind kind) {
        assertThat(ending).isInstanceOfSatisfying(Violation.class, violation -> assertThat(violation.kind())
                .as(violation.detail())
                .isEqualTo(kind));
    }
}

package dev.mayfly.vmm;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mayfly.abi.Context;
import dev.mayfly.abi.MemoryMap;
import dev.mayfly.abi.TrapCode;
import dev.mayfly.kvm.RequiresKvm;
import dev.mayfly.nativeaccess.RequiresLinux;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@RequiresLinux
@RequiresKvm
class SlotTest {

    private static final String RETURN = "c3";

    @Test
    void runsAProgramAndReadsWhatItLeft() throws Exception {
        try (TestGuest guest = TestGuest.of(RETURN)) {
            assertThat(guest.slot.hasMachine()).isFalse();
            guest.assertStillWorks();
            assertThat(guest.slot.hasMachine()).isTrue();
            guest.slot.trim();
            assertThat(guest.slot.hasMachine()).isFalse();
            guest.assertStillWorks();
        }
    }

    @ParameterizedTest
    @EnumSource(TrapCode.class)
    void trapsSayWhy(TrapCode code) throws Exception {
        String number = "%02x".formatted(List.of(TrapCode.values()).indexOf(code));
        try (TestGuest guest = TestGuest.of("b8" + number + "000000" + "e720")) {
            assertThat(guest.run()).isEqualTo(new Ending.Trapped(code));
            guest.assertStillWorks();
        }
    }

    @Test
    void hypercallsAreServedWithTheGuestsMemory() throws Exception {
        // mov eax, 7; out IMPORT, eax; mov rax, [rip + FRAME]; mov [0], al; ret
        String code = "b807000000" + "e711" + "48a1" + "4000020004000000" + "880425" + "00000000" + RETURN;
        List<Integer> indexes = new ArrayList<>();
        Hypercalls calls = new Hypercalls() {
            @Override
            public Next importCall(int index, GuestMemory memory) {
                indexes.add(index);
                assertThat(memory.linear().get(JAVA_BYTE, 0)).isEqualTo(TestGuest.LINEAR_CONTENT);
                memory.context().set(JAVA_LONG, Context.FRAME, 99);
                return Next.RESUME;
            }
        };
        try (TestGuest guest = TestGuest.of(code);
                Prepared instance = guest.slot.prepare(guest.image)) {
            assertThat(instance.run(TestGuest.CODE, calls).ending()).isEqualTo(new Ending.Exited());
            assertThat(indexes).containsExactly(7);
            assertThat(instance.memory().linear().get(JAVA_BYTE, 0)).isEqualTo((byte) 99);
        }
    }

    @Test
    void aHypercallCanEndTheGuest() throws Exception {
        try (TestGuest guest = TestGuest.of("e711" + "0f0b")) {
            assertThat(guest.run()).isEqualTo(new Ending.Stopped());
            guest.assertStillWorks();
        }
    }

    @Test
    void aHypercallThatThrowsLeavesAWorkingSlot() throws Exception {
        Hypercalls calls = new Hypercalls() {
            @Override
            public Next importCall(int index, GuestMemory memory) {
                throw new IllegalArgumentException("broken host function");
            }
        };
        try (TestGuest guest = TestGuest.of("e711")) {
            assertThatIllegalArgumentException().isThrownBy(() -> guest.run(calls));
            guest.assertStillWorks();
        }
    }

    @Test
    void memoryGrowsToItsLimitAndNotBeyond() throws Exception {
        for (long[] growth : new long[][] {{0, 2}, {1, 2}, {98, 2}, {99, -1}, {-1, -1}, {Long.MAX_VALUE, -1}}) {
            // mov rax, pages; mov [rip + ARGUMENT], rax (by address); out MEMORY_GROW, eax; ret
            String code = "48b8" + "%016x".formatted(Long.reverseBytes(growth[0])) + "48a3" + "0800020004000000"
                    + "e712" + RETURN;
            try (TestGuest guest = TestGuest.of(code);
                    Prepared instance = guest.slot.prepare(guest.image)) {
                instance.run(TestGuest.CODE, TestGuest.Calls.NONE);
                long pages = TestGuest.LINEAR_PAGES + (growth[1] < 0 ? 0 : growth[0]);
                MemorySegment context = instance.memory().context();
                assertThat(context.get(JAVA_LONG, Context.RESULT)).isEqualTo(growth[1]);
                assertThat(context.get(JAVA_LONG, Context.MEMORY_BYTES)).isEqualTo(pages * TestGuest.PAGE);
                assertThat(instance.memory().linear().byteSize()).isEqualTo(pages * TestGuest.PAGE);
            }
        }
    }

    @Test
    void aLieAboutTheSizeOfMemoryIsNotBelieved() throws Exception {
        // mov rax, -1; mov [MEMORY_BYTES], rax; out MEMORY_GROW, eax
        String code = "48c7c0ffffffff" + "48a3" + "0000020004000000" + "e712" + RETURN;
        try (TestGuest guest = TestGuest.of(code);
                Prepared instance = guest.slot.prepare(guest.image)) {
            instance.run(TestGuest.CODE, TestGuest.Calls.NONE);
            assertThat(instance.memory().linear().byteSize()).isEqualTo(2L * TestGuest.PAGE);
            assertThat(instance.memory().context().get(JAVA_LONG, Context.MEMORY_BYTES))
                    .isEqualTo(2L * TestGuest.PAGE);
        }
    }

    @Test
    void memoryMayBeAbsentOrAsLargeAsCanBe() throws Exception {
        GuestImage some = TestGuest.image("800c25" + "00000000" + "01" + RETURN, "");
        // mov eax, 0xfffffffc; mov [rax], eax
        GuestImage large = TestGuest.image("b8fcffffff" + "8900" + RETURN, "");
        LinearMemory largest = new LinearMemory(LinearMemory.MAXIMUM, LinearMemory.MAXIMUM, MemorySegment.NULL);
        try (Hypervisor hypervisor = Hypervisor.open(TestGuest.linux())) {
            assertThat(runOnce(hypervisor, with(some, LinearMemory.NONE)))
                    .isEqualTo(new Ending.Trapped(TrapCode.MEMORY_OUT_OF_BOUNDS));
            assertThat(runOnce(hypervisor, with(large, largest))).isEqualTo(new Ending.Exited());
        }
    }

    private static GuestImage with(GuestImage image, LinearMemory memory) {
        return new GuestImage(image.regions(), image.context(), image.stackBytes(), memory, image.memoryAccesses());
    }

    private static Ending runOnce(Hypervisor hypervisor, GuestImage image) throws VmmException {
        try (LoadedImage loaded = hypervisor.load(image);
                Slot slot = hypervisor.openSlot(SlotOptions.DEFAULT)) {
            try (Prepared instance = slot.prepare(loaded)) {
                return instance.run(TestGuest.CODE, TestGuest.Calls.NONE).ending();
            }
        }
    }

    @Test
    void aSlotServesOneImageAfterAnother() throws Exception {
        try (TestGuest guest = TestGuest.of(RETURN);
                LoadedImage other = guest.hypervisor.load(TestGuest.image("e711", ""))) {
            for (int i = 0; i < 3; i++) {
                guest.assertStillWorks();
                try (Prepared instance = guest.slot.prepare(other)) {
                    assertThat(instance.run(TestGuest.CODE, TestGuest.Calls.NONE)
                                    .ending())
                            .isEqualTo(new Ending.Stopped());
                }
                assertThatIllegalStateException().isThrownBy(() -> closeAgain(other));
            }
            guest.slot.trim();
        }
    }

    private static void closeAgain(LoadedImage image) {
        image.close();
    }

    @Test
    void everythingIsUsedInItsOrderOrRefused() throws Exception {
        try (TestGuest guest = TestGuest.of(RETURN)) {
            GuestMemory memory;
            MemorySegment kept;
            Prepared used;
            try (Prepared instance = guest.slot.prepare(guest.image)) {
                used = instance;
                memory = instance.memory();
                kept = memory.linear();
                assertThatIllegalStateException().isThrownBy(() -> guest.slot.prepare(guest.image));
                assertThatIllegalStateException().isThrownBy(guest.slot::trim);
                instance.run(TestGuest.CODE, TestGuest.Calls.NONE);
                assertThatExceptionOfType(IndexOutOfBoundsException.class)
                        .isThrownBy(() -> memory.data(TestGuest.CODE, 8));
                assertThatExceptionOfType(IndexOutOfBoundsException.class)
                        .isThrownBy(() -> memory.data(MemoryMap.STACK_TOP - 4, 8));
                assertThatExceptionOfType(IndexOutOfBoundsException.class)
                        .isThrownBy(() -> memory.data(TestGuest.DATA, -1));
                assertThatExceptionOfType(IndexOutOfBoundsException.class)
                        .isThrownBy(() -> memory.data(TestGuest.DATA + 8, Long.MAX_VALUE));
            }
            assertThatIllegalStateException().isThrownBy(memory::linear);
            assertThatIllegalStateException().isThrownBy(() -> kept.get(JAVA_BYTE, 0));
            assertThatIllegalStateException().isThrownBy(() -> used.run(TestGuest.CODE, TestGuest.Calls.NONE));
        }
    }

    @Test
    void anInstanceRunsFunctionsUntilOneDoesNotReturn() throws Exception {
        try (TestGuest guest = TestGuest.of(RETURN);
                Prepared instance = guest.slot.prepare(guest.image)) {
            for (int i = 0; i < 3; i++) {
                assertThat(instance.run(TestGuest.CODE, TestGuest.Calls.NONE).ending())
                        .isEqualTo(new Ending.Exited());
            }
        }
        String invalid = "0f0b";
        try (TestGuest guest = TestGuest.of(invalid);
                Prepared instance = guest.slot.prepare(guest.image)) {
            assertThat(instance.run(TestGuest.CODE, TestGuest.Calls.NONE).ending())
                    .isInstanceOf(Ending.Violation.class);
            assertThatIllegalStateException().isThrownBy(() -> instance.run(TestGuest.CODE, TestGuest.Calls.NONE));
        }
    }

    @Test
    void anotherThreadMayTakeTheMachineOfAnIdleSlot() throws Exception {
        try (TestGuest guest = TestGuest.of(RETURN);
                ExecutorService executor = Executors.newSingleThreadExecutor()) {
            guest.run();
            assertThat(guest.slot.hasMachine()).isTrue();
            executor.submit(guest.slot::trim).get();
            assertThat(guest.slot.hasMachine()).isFalse();
            assertThat(guest.run()).isEqualTo(new Ending.Exited());
        }
    }

    @Test
    void aSlotBelongsToItsThread() throws Exception {
        try (TestGuest guest = TestGuest.of(RETURN);
                Prepared instance = guest.slot.prepare(guest.image);
                ExecutorService executor = Executors.newSingleThreadExecutor()) {
            for (Callable<?> wrong : List.<Callable<?>>of(
                    () -> guest.slot.prepare(guest.image),
                    () -> instance.run(TestGuest.CODE, TestGuest.Calls.NONE),
                    () -> instance.memory().linear().get(JAVA_BYTE, 0))) {
                assertThatExceptionOfType(Exception.class)
                        .isThrownBy(() -> executor.submit(wrong).get())
                        .withCauseInstanceOf(WrongThreadException.class);
            }
        }
    }

    @Test
    void aVirtualThreadCannotHaveASlot() throws Exception {
        try (Hypervisor hypervisor = Hypervisor.open(TestGuest.linux());
                ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
            assertThatExceptionOfType(Exception.class)
                    .isThrownBy(() -> executor.submit(() -> hypervisor.openSlot(SlotOptions.DEFAULT))
                            .get())
                    .withCauseInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void manySlotsLeaveNothingBehind() throws Exception {
        try (TestGuest warm = TestGuest.of(RETURN)) {
            warm.assertStillWorks();
        }
        long descriptors = descriptors();
        long mappings = mappings();
        try (Hypervisor hypervisor = Hypervisor.open(TestGuest.linux());
                LoadedImage image = hypervisor.load(TestGuest.image(RETURN, ""))) {
            List<Slot> slots = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                Slot slot = hypervisor.openSlot(SlotOptions.DEFAULT);
                slots.add(slot);
                try (Prepared instance = slot.prepare(image)) {
                    assertThat(instance.run(TestGuest.CODE, TestGuest.Calls.NONE)
                                    .ending())
                            .isEqualTo(new Ending.Exited());
                }
            }
            assertThat(descriptors()).isGreaterThanOrEqualTo(descriptors + 200);
            slots.forEach(Slot::close);
        }
        assertThat(descriptors()).isLessThan(descriptors + 20);
        assertThat(mappings()).isLessThan(mappings + 50);
    }

    private static long descriptors() throws Exception {
        try (Stream<Path> entries = Files.list(Path.of("/proc/self/fd"))) {
            return entries.count();
        }
    }

    private static long mappings() throws Exception {
        try (Stream<String> lines = Files.lines(Path.of("/proc/self/maps"))) {
            return lines.count();
        }
    }
}

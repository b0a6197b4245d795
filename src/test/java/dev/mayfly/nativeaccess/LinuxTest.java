package dev.mayfly.nativeaccess;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.mayfly.nativeaccess.NativeAccess.Available;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@RequiresLinux
class LinuxTest {

    private static final int PAGE = Mapping.PAGE;

    private final Linux linux = ((Available) NativeAccess.probe()).linux();

    @Test
    void aFailedCallSaysWhatItWasAndWhy() {
        assertThatExceptionOfType(NativeException.class)
                .isThrownBy(() -> linux.openToRead("/nowhere/at/all"))
                .withMessage("open /nowhere/at/all: ENOENT")
                .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOENT));
    }

    @Test
    void mapFailedIsAnError() {
        assertThatExceptionOfType(NativeException.class)
                .isThrownBy(() -> linux.reserve(1L << 50, "too much"))
                .withMessageContaining("too much")
                .satisfies(e -> assertThat(e.errno()).isEqualTo(Errno.ENOMEM));
    }

    @Test
    void aClosedDescriptorRefusesEverything() throws NativeException {
        Descriptor file = linux.memoryFile("test", PAGE);
        file.close();
        file.close();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment buffer = arena.allocate(8);
            assertThatIllegalStateException()
                    .isThrownBy(() -> file.read(buffer, 0))
                    .withMessage("test is closed");
            assertThatIllegalStateException().isThrownBy(() -> linux.mapReadOnly(file, PAGE));
        }
    }

    @Test
    void aRequestIsNotGivenLessMemoryThanItWillTouch() throws NativeException {
        Ioctl request = Ioctl.read("SOME", 'x', 1, JAVA_LONG);
        try (Descriptor file = linux.memoryFile("test", PAGE);
                Arena arena = Arena.ofConfined()) {
            MemorySegment tooSmall = arena.allocate(7);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> file.ioctl(request, tooSmall))
                    .withMessage("SOME takes 8 bytes, not 7");
            assertThatIllegalArgumentException().isThrownBy(() -> file.ioctl(request, 12345));
        }
    }

    @Test
    void aReservationIsAccessibleOnlyAsFarAsItSays() throws NativeException {
        try (Mapping mapping = linux.reserve(4 * PAGE, "test")) {
            assertThat(mapping.segment().byteSize()).isZero();
            mapping.resize(2 * PAGE);
            assertThat(mapping.segment().byteSize()).isEqualTo(2 * PAGE);
            mapping.segment().set(JAVA_BYTE, 2 * PAGE - 1, (byte) 7);
            assertThatExceptionOfType(IndexOutOfBoundsException.class)
                    .isThrownBy(() -> mapping.segment().get(JAVA_BYTE, 2 * PAGE));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> mapping.resize(5 * PAGE));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> mapping.resize(100));
        }
    }

    @Test
    void aSegmentSurvivesGrowthAndEndsWhenTheMappingShrinks() throws NativeException {
        try (Mapping mapping = linux.reserve(4 * PAGE, "test")) {
            mapping.resize(PAGE);
            MemorySegment kept = mapping.segment();
            mapping.resize(3 * PAGE);
            kept.set(JAVA_BYTE, 5, (byte) 9);
            assertThat(mapping.segment().get(JAVA_BYTE, 5)).isEqualTo((byte) 9);
            mapping.resize(2 * PAGE);
            assertThatIllegalStateException().isThrownBy(() -> kept.get(JAVA_BYTE, 5));
            assertThat(mapping.segment().get(JAVA_BYTE, 5)).isEqualTo((byte) 9);
        }
    }

    @Test
    void nothingReachesAClosedMapping() throws NativeException {
        Mapping mapping = linux.reserve(PAGE, "test");
        mapping.resize(PAGE);
        MemorySegment kept = mapping.segment();
        mapping.close();
        mapping.close();
        assertThatIllegalStateException().isThrownBy(() -> kept.get(JAVA_BYTE, 0));
        assertThatIllegalStateException().isThrownBy(() -> mapping.resize(0));
        assertThatIllegalStateException().isThrownBy(() -> mapping.discard(0, PAGE));
        assertThatIllegalStateException().isThrownBy(mapping::hold);
    }

    @Test
    void aHeldMappingCannotBeClosed() throws NativeException {
        Mapping mapping = linux.reserve(PAGE, "test");
        mapping.hold();
        assertThatIllegalStateException().isThrownBy(mapping::close).withMessage("test is in use and cannot be closed");
        mapping.resize(PAGE);
        assertThat(mapping.segment().get(JAVA_BYTE, 0)).isZero();
        mapping.release();
        mapping.close();
    }

    @Test
    void aMappingBelongsToItsThread() throws Exception {
        try (Mapping mapping = linux.reserve(PAGE, "test")) {
            mapping.resize(PAGE);
            for (Callable<?> wrong : List.<Callable<?>>of(
                    () -> mapping.segment().get(JAVA_BYTE, 0),
                    () -> {
                        mapping.resize(0);
                        return 0;
                    },
                    () -> close(mapping))) {
                assertThat(onAnotherThread(wrong)).isInstanceOf(WrongThreadException.class);
            }
        }
    }

    @Test
    void whatIsMappedReadOnlyIsNotWrittenByAnyThread() throws Exception {
        try (Descriptor file = linux.memoryFile("test", PAGE);
                Mapping mapping = linux.mapReadOnly(file, PAGE)) {
            assertThat(onAnotherThread(() -> mapping.segment().get(JAVA_BYTE, 0)))
                    .isNull();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> mapping.segment().set(JAVA_BYTE, 0, (byte) 1));
            assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> mapping.resize(0));
        }
    }

    @Test
    void anOverlayIsAPrivateCopyThatCanBeForgotten() throws NativeException {
        try (Descriptor file = linux.memoryFile("test", 2 * PAGE);
                Mapping shared = linux.mapShared(file, 2 * PAGE);
                Mapping copy = linux.reserve(3 * PAGE, "copy")) {
            shared.segment().fill((byte) 1);
            copy.overlay(PAGE, file, PAGE, PAGE);
            copy.resize(3 * PAGE);
            assertThat(copy.segment().get(JAVA_BYTE, PAGE - 1)).isZero();
            assertThat(copy.segment().get(JAVA_BYTE, PAGE)).isOne();
            copy.segment().fill((byte) 2);
            assertThat(shared.segment().get(JAVA_BYTE, PAGE)).isOne();
            copy.discard(0, 3 * PAGE);
            assertThat(copy.segment().get(JAVA_BYTE, 0)).isZero();
            assertThat(copy.segment().get(JAVA_BYTE, PAGE)).isOne();
            assertThatIllegalStateException().isThrownBy(() -> copy.overlay(0, file, 0, PAGE));
        }
    }

    @Test
    void bothWaysOfFindingWrittenPagesAgree() throws NativeException {
        int pages = 10_000;
        try (Descriptor file = linux.memoryFile("test", (long) pages / 2 * PAGE);
                Descriptor pagemap = linux.openToRead("/proc/self/pagemap");
                Mapping mapping = linux.reserve((long) pages * PAGE, "test")) {
            mapping.overlay(0, file, 0, (long) pages / 2 * PAGE);
            mapping.resize((long) pages * PAGE);
            List<Long> expected = new ArrayList<>();
            for (long page = 3; page < pages; page = page * 3 / 2 + 1) {
                expected.add(page);
                mapping.segment().set(JAVA_BYTE, page * PAGE + 8, (byte) 1);
            }
            mapping.segment().get(JAVA_BYTE, 2 * PAGE); // reading the file's page leaves it the file's
            assertThat(written(mapping, new PageMap(pagemap, new PagemapRead())))
                    .isEqualTo(expected);
            mapping.resize(PAGE); // what is no longer accessible still counts
            assertThat(written(mapping, new PageMap(pagemap, new PagemapRead())))
                    .isEqualTo(expected);
            if (PagemapScanRequest.isKnownTo(pagemap)) {
                assertThat(written(mapping, new PageMap(pagemap, new PagemapScanRequest())))
                        .isEqualTo(expected);
                mapping.resize((long) pages * PAGE);
                mapping.segment().get(JAVA_BYTE, (pages - 2L) * PAGE); // maps the shared page of zeros
                assertThat(written(mapping, new PageMap(pagemap, new PagemapScanRequest())))
                        .isEqualTo(expected);
            }
        }
    }

    private static List<Long> written(Mapping mapping, PageMap map) throws NativeException {
        List<Long> pages = new ArrayList<>();
        map.forEachWritten(mapping, mapping.bytes(), (offset, length) -> {
            for (long at = offset; at < offset + length; at += PAGE) {
                pages.add(at / PAGE);
            }
        });
        return pages;
    }

    @Test
    void writingToAPageForTheFirstTimeIsAFault() throws NativeException {
        try (Mapping mapping = linux.reserve(64 * PAGE, "test")) {
            mapping.resize(64 * PAGE);
            long before = linux.faultsOfCurrentThread();
            mapping.segment().fill((byte) 1);
            assertThat(linux.faultsOfCurrentThread() - before).isGreaterThanOrEqualTo(64);
        }
    }

    @Test
    void aWakeWaitsUntilItIsDrainedAndAStrayOneIsHarmless() throws Exception {
        WakeableThread thread = linux.currentThread();
        thread.wake();
        thread.wake();
        thread.drain();
        thread.drain();
        assertThat(thread.maskWhileListening() >>> (WakeableThread.SIGNAL - 1) & 1)
                .isZero();
        assertThat(onAnotherThread(() -> {
                    thread.drain();
                    return 0;
                }))
                .isInstanceOf(WrongThreadException.class);
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            // This thread does not block the signal: if it were not ignored, the process would end here.
            int plain = executor.submit(() -> linux.libc().gettid()).get();
            int self = Math.toIntExact(ProcessHandle.current().pid());
            assertThat(linux.libc().tgkill(self, plain, WakeableThread.SIGNAL)).isZero();
            assertThat(executor.submit(() -> 42).get()).isEqualTo(42);
        }
    }

    private static int close(Mapping mapping) {
        mapping.close();
        return 0;
    }

    /** What the other thread threw, or null. */
    private static @Nullable Throwable onAnotherThread(Callable<?> call) throws InterruptedException {
        try (ExecutorService executor = Executors.newSingleThreadExecutor()) {
            Future<?> future = executor.submit(call);
            while (!future.isDone()) {
                Thread.onSpinWait();
            }
            return future.state() == Future.State.FAILED ? future.exceptionNow() : null;
        }
    }
}

package dev.mayfly.vmm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.kvm.RequiresKvm;
import dev.mayfly.nativeaccess.RequiresLinux;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docs/interrupts.md}, in all the orders that things can happen in. */
@RequiresLinux
@RequiresKvm
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class InterruptTest {

    private static final Ending INTERRUPTED = new Ending.Interrupted();
    private static final String FOREVER = "ebfe";

    /** How often, in each race: {@code -Dmayfly.interrupts=100000}. */
    private static final int REQUESTS = Integer.getInteger("mayfly.interrupts", 1000);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "an endless loop, ebfe",
        "an endless loop that pauses, f390ebfc",
        "endless hypercalls, e711ebfc",
        "endless attempts to grow, 48b80800020004000000" + "48c700ffffff7f" + "e712ebfc",
        "string operations, 31ffb900000200f3aaebf5",
    })
    void whateverTheGuestDoesItEndsWhenAsked(String name, String code) throws Exception {
        try (TestGuest guest = TestGuest.of(code);
                Prepared instance = guest.slot.prepare(guest.image)) {
            Thread asking = Thread.ofPlatform().start(() -> {
                pause(20_000_000);
                request(instance.interrupt());
            });
            assertThat(instance.run(TestGuest.CODE, TestGuest.Calls.IGNORED).ending())
                    .isEqualTo(INTERRUPTED);
            asking.join();
        }
    }

    @Test
    void aRequestBeforeTheRunEndsItAtOnce() throws Exception {
        try (TestGuest guest = TestGuest.of(FOREVER)) {
            try (Prepared instance = guest.slot.prepare(guest.image)) {
                request(instance.interrupt());
                request(instance.interrupt());
                assertThat(instance.run(TestGuest.CODE, TestGuest.Calls.NONE).ending())
                        .isEqualTo(INTERRUPTED);
            }
            guest.assertStillWorks();
        }
    }

    @Test
    void aRequestDuringAHypercallEndsTheInstanceAfterIt() throws Exception {
        try (TestGuest guest = TestGuest.of("e711" + FOREVER)) {
            try (Prepared instance = guest.slot.prepare(guest.image)) {
                Hypercalls calls = new Hypercalls() {
                    @Override
                    public Next importCall(int index, GuestMemory memory) {
                        request(instance.interrupt());
                        return Next.RESUME;
                    }
                };
                assertThat(instance.run(TestGuest.CODE, calls).ending()).isEqualTo(INTERRUPTED);
            }
            guest.assertStillWorks();
        }
    }

    @Test
    void aRequestAfterTheRunChangesNothingAndReachesNobodyElse() throws Exception {
        try (TestGuest guest = TestGuest.of(FOREVER)) {
            Interrupt late;
            try (Prepared instance = guest.slot.prepare(guest.image)) {
                late = instance.interrupt();
                assertThat(instance.run(TestGuest.GOOD, TestGuest.Calls.NONE).ending())
                        .isEqualTo(new Ending.Exited());
                request(late); // over, but not yet closed
            }
            guest.assertStillWorks();
            request(late);
            guest.assertStillWorks();
        }
    }

    /** The guest spins for some milliseconds and returns: {@code mov ecx, n; l: dec ecx; jnz l; ret}. */
    @Test
    void aSignalThatNobodyAskedForEndsNothing() throws Exception {
        try (TestGuest guest = TestGuest.of("b900000004" + "ffc975fc" + "c3");
                Prepared instance = guest.slot.prepare(guest.image)) {
            Thread disturbing = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 20; i++) {
                    pause(1_000_000);
                    try {
                        guest.slot.thread().wake();
                    } catch (Exception e) {
                        throw new AssertionError(e);
                    }
                }
            });
            assertThat(instance.run(TestGuest.CODE, TestGuest.Calls.NONE).ending())
                    .isEqualTo(new Ending.Exited());
            disturbing.join();
        }
    }

    @Test
    void aRequestForOneSlotOfAThreadDoesNotEndAnother() throws Exception {
        try (TestGuest guest = TestGuest.of("b900000004" + "ffc975fc" + "c3");
                Slot other = guest.hypervisor.openSlot(SlotOptions.DEFAULT);
                Prepared first = guest.slot.prepare(guest.image);
                Prepared second = other.prepare(guest.image)) {
            request(first.interrupt());
            assertThat(second.run(TestGuest.CODE, TestGuest.Calls.NONE).ending())
                    .isEqualTo(new Ending.Exited());
            assertThat(first.run(TestGuest.CODE, TestGuest.Calls.NONE).ending()).isEqualTo(INTERRUPTED);
        }
    }

    /**
     * Requests at random moments, early, late and in between: each ends its own instance or none. The guest computes,
     * calls the host, or makes its memory grow, for some time.
     */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "computing, b900100000" + "ffc975fc" + "c3, 120000",
        "calling the host, b920000000" + "e711ffc975fa" + "c3, 2000000",
        "growing, 48b80800020004000000" + "48c70001000000" + "b914000000" + "e712ffc975fa" + "c3, 2000000",
    })
    void requestsAtRandomMomentsNeverReachTheNextInstance(String name, String code, int mostNanos) throws Exception {
        int interrupted = 0;
        try (Asking asking = new Asking(mostNanos);
                TestGuest guest = TestGuest.of(code)) {
            for (int i = 0; i < REQUESTS; i++) {
                try (Prepared instance = guest.slot.prepare(guest.image)) {
                    asking.endSoon(instance);
                    Ending ending = instance.run(TestGuest.CODE, TestGuest.Calls.IGNORED)
                            .ending();
                    assertThat(ending).isIn(new Ending.Exited(), INTERRUPTED);
                    interrupted += ending.equals(INTERRUPTED) ? 1 : 0;
                }
                // Nobody has asked for this one.
                try (Prepared instance = guest.slot.prepare(guest.image)) {
                    assertThat(instance.memory().linear().byteSize()).isEqualTo(2L * TestGuest.PAGE);
                    assertThat(instance.run(TestGuest.CODE, TestGuest.Calls.IGNORED)
                                    .ending())
                            .isEqualTo(new Ending.Exited());
                }
            }
        }
        assertThat(interrupted).isBetween(1, REQUESTS - 1);
    }

    /** If one were lost, this would not end. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "computing, ebfe",
        "calling the host, e711ebfc",
        "growing, 48b80800020004000000" + "48c70001000000" + "e712ebfc",
        "failing to grow, 48b80800020004000000" + "48c700ffffff7f" + "e712ebfc",
    })
    void noRequestIsLost(String name, String code) throws Exception {
        try (Asking asking = new Asking(200_000);
                TestGuest guest = TestGuest.of(code)) {
            for (int i = 0; i < REQUESTS; i++) {
                try (Prepared instance = guest.slot.prepare(guest.image)) {
                    asking.endSoon(instance);
                    assertThat(instance.run(TestGuest.CODE, TestGuest.Calls.IGNORED)
                                    .ending())
                            .isEqualTo(INTERRUPTED);
                }
            }
            guest.assertStillWorks();
        }
    }

    /** A thread that asks for the end of instances, each at a random moment after it was told. */
    private static final class Asking implements AutoCloseable {

        private final BlockingQueue<Interrupt> requests = new LinkedBlockingQueue<>();
        private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        private final Thread thread;

        Asking(int mostNanos) {
            SplittableRandom random = new SplittableRandom(7);
            thread = Thread.ofPlatform().daemon().start(() -> {
                try {
                    while (true) {
                        Interrupt interrupt = requests.take();
                        pause(random.nextInt(mostNanos));
                        interrupt.request();
                    }
                } catch (InterruptedException e) {
                    // the test is over
                } catch (VmmException e) {
                    failure.set(e);
                }
            });
        }

        void endSoon(Prepared instance) {
            requests.add(instance.interrupt());
        }

        @Override
        public void close() {
            thread.interrupt();
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            assertThat(failure.get()).isNull();
        }
    }

    private static void request(Interrupt interrupt) {
        try {
            interrupt.request();
        } catch (VmmException e) {
            throw new AssertionError(e);
        }
    }

    private static void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
    }
}

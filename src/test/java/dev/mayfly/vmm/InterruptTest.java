package dev.mayfly.vmm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.kvm.RequiresKvm;
import dev.mayfly.nativeaccess.RequiresLinux;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code docs/interrupts.md}, in all the orders that things can happen in. */
@RequiresLinux
@RequiresKvm
@Timeout(60)
class InterruptTest {

    private static final Ending INTERRUPTED = new Ending.Interrupted();
    private static final String FOREVER = "ebfe";

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

                    @Override
                    public Next tableGrow(int table, GuestMemory memory) {
                        return Next.STOP;
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

    /** Requests at random moments, early, late and in between: each ends its own instance or none. */
    @Test
    void requestsAtRandomMomentsNeverReachTheNextInstance() throws Exception {
        BlockingQueue<Interrupt> requests = new LinkedBlockingQueue<>();
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Thread asking = Thread.ofPlatform().daemon().start(() -> {
            SplittableRandom random = new SplittableRandom(7);
            try {
                while (true) {
                    Interrupt interrupt = requests.take();
                    pause(random.nextInt(120_000));
                    interrupt.request();
                }
            } catch (InterruptedException e) {
                // the test is over
            } catch (VmmException e) {
                failure.set(e);
            }
        });
        int interrupted = 0;
        try (TestGuest guest = TestGuest.of("b900100000" + "ffc975fc" + "c3")) {
            for (int i = 0; i < 3000; i++) {
                try (Prepared instance = guest.slot.prepare(guest.image)) {
                    requests.add(instance.interrupt());
                    Ending ending =
                            instance.run(TestGuest.CODE, TestGuest.Calls.NONE).ending();
                    assertThat(ending).isIn(new Ending.Exited(), INTERRUPTED);
                    interrupted += ending.equals(INTERRUPTED) ? 1 : 0;
                }
                // Nobody has asked for this one.
                try (Prepared instance = guest.slot.prepare(guest.image)) {
                    assertThat(instance.run(TestGuest.CODE, TestGuest.Calls.NONE)
                                    .ending())
                            .isEqualTo(new Ending.Exited());
                }
            }
        }
        asking.interrupt();
        asking.join();
        assertThat(failure.get()).isNull();
        assertThat(interrupted).isBetween(1, 2999);
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

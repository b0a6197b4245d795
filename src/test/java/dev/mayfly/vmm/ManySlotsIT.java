package dev.mayfly.vmm;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mayfly.kvm.RequiresKvm;
import dev.mayfly.nativeaccess.RequiresLinux;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** As many instances of one image as a machine would never be asked for, all of them alive at once. */
@RequiresLinux
@RequiresKvm
class ManySlotsIT {

    private static final int SLOTS = Integer.getInteger("mayfly.slots", 1000);

    /** Writes to eight pages, calls the host, and returns. */
    private static final String CODE =
            "b908000000" + "31d2" + "890a" + "81c200100000" + "ffc9" + "75f4" + "e711" + "c3";

    @Test
    void aThousandInstancesLiveAtOnce() throws Exception {
        try (Hypervisor hypervisor = Hypervisor.open(TestGuest.linux());
                LoadedImage image = hypervisor.load(TestGuest.image(CODE, ""));
                ExecutorService threads = Executors.newFixedThreadPool(SLOTS)) {
            CyclicBarrier barrier = new CyclicBarrier(SLOTS + 1);
            List<Future<Ending>> endings = new ArrayList<>();
            ProcessMemory empty = ProcessMemory.now();
            for (int i = 0; i < SLOTS; i++) {
                endings.add(threads.submit(life(hypervisor, image, barrier)));
            }
            barrier.await();
            ProcessMemory open = ProcessMemory.now();
            barrier.await();
            barrier.await();
            ProcessMemory running = ProcessMemory.now();
            barrier.await();
            barrier.await();
            ProcessMemory idle = ProcessMemory.now();
            barrier.await();
            for (Future<Ending> ending : endings) {
                assertThat(ending.get()).isEqualTo(new Ending.Exited());
            }
            System.out.printf(
                    "%d slots, KiB each: %d open, %d with a running instance that wrote to 8 pages, %d idle after it%n",
                    SLOTS, perSlot(empty, open), perSlot(empty, running), perSlot(empty, idle));
            // Meanwhile the process may close a few that other tests have left to the garbage collector.
            assertThat(running.descriptors()).isGreaterThan(empty.descriptors() + 2L * SLOTS - SLOTS / 10);
        }
    }

    /** With everybody: the slot is open; the instance is in a host call; the slot is idle. */
    private static Callable<Ending> life(Hypervisor hypervisor, LoadedImage image, CyclicBarrier barrier) {
        return () -> {
            try (Slot slot = hypervisor.openSlot(SlotOptions.DEFAULT)) {
                meet(barrier);
                Ending ending;
                try (Prepared instance = slot.prepare(image)) {
                    ending = instance.run(TestGuest.CODE, (index, memory) -> {
                                meet(barrier);
                                return Hypercalls.Next.RESUME;
                            })
                            .ending();
                }
                meet(barrier);
                return ending;
            }
        };
    }

    /** Waits for all, and once more while their memory is counted. */
    private static void meet(CyclicBarrier barrier) {
        try {
            barrier.await();
            barrier.await();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static long perSlot(ProcessMemory before, ProcessMemory after) {
        return (before.availableKiB() - after.availableKiB()) / SLOTS;
    }
}

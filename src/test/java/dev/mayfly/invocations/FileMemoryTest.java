package dev.mayfly.invocations;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class FileMemoryTest {

    private final FileMemory memory = new FileMemory(1_000);

    @Test
    void instancesShareWhatThereIs() {
        try (FileMemory.Lease one = memory.lease();
                FileMemory.Lease other = memory.lease()) {
            assertThat(one.take(600)).isTrue();
            assertThat(other.take(401)).isFalse();
            assertThat(other.take(400)).isTrue();
            assertThat(one.take(1)).isFalse();
            assertThat(memory.taken()).isEqualTo(1_000);

            other.give(100);

            assertThat(one.take(100)).isTrue();
        }
    }

    @Test
    void whatAnEndedInstanceHeldIsThereForTheNext() {
        for (int i = 0; i < 3; i++) {
            try (FileMemory.Lease lease = memory.lease()) {
                assertThat(lease.take(1_000)).isTrue();
                lease.give(10);
            }
            assertThat(memory.taken()).isZero();
        }
    }

    @Test
    void noRequestIsTooLargeToBeRefused() {
        try (FileMemory.Lease lease = memory.lease()) {
            assertThat(lease.take(10)).isTrue();
            assertThat(lease.take(Long.MAX_VALUE)).isFalse();
            assertThat(memory.taken()).isEqualTo(10);
        }
    }

    @Test
    void instancesAtOnceNeverTakeMoreThanThereIs() throws Exception {
        List<Callable<Long>> instances = new ArrayList<>();
        for (int seed = 0; seed < 4; seed++) {
            Random random = new Random(seed);
            instances.add(() -> mostSeenByAnInstance(random));
        }
        try (ExecutorService threads = Executors.newFixedThreadPool(instances.size())) {
            for (Future<Long> most : threads.invokeAll(instances)) {
                assertThat(most.get()).isPositive().isLessThanOrEqualTo(1_000);
            }
        }
        assertThat(memory.taken()).isZero();
    }

    private long mostSeenByAnInstance(Random random) {
        long most = 0;
        for (int i = 0; i < 2_000; i++) {
            try (FileMemory.Lease lease = memory.lease()) {
                for (int call = 0; call < 10; call++) {
                    lease.take(random.nextInt(400));
                    most = Math.max(most, memory.taken());
                }
            }
        }
        return most;
    }
}

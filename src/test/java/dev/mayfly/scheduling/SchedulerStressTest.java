package dev.mayfly.scheduling;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Many threads submit and cancel at once: every job comes to exactly one end, and no bound is passed. */
class SchedulerStressTest {

    private static final int SUBMITTERS = 8;
    private static final int JOBS_EACH = 5_000;
    private static final int SLOTS = 4;
    private static final int CONCURRENCY = 3;

    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();
    private final AtomicInteger[] runningOfGroup = {new AtomicInteger(), new AtomicInteger(), new AtomicInteger()};
    private final AtomicInteger mostOfGroup = new AtomicInteger();

    private final class CountingJob implements Job {
        final int group;
        final AtomicInteger ends = new AtomicInteger();

        CountingJob(int group) {
            this.group = group;
        }

        @Override
        @SuppressWarnings("ThreadPriorityCheck") // invites another interleaving, relies on nothing
        public void run(Ticket ticket) {
            mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
            mostOfGroup.accumulateAndGet(runningOfGroup[group].incrementAndGet(), Math::max);
            Thread.yield();
            runningOfGroup[group].decrementAndGet();
            running.decrementAndGet();
            ends.incrementAndGet();
        }

        @Override
        public void drop(Drop why) {
            ends.incrementAndGet();
        }

        @Override
        public void interrupt() {}
    }

    @Test
    void nothingIsLostAndNothingRunsTwice() throws Exception {
        Scheduler scheduler = new Scheduler(
                Limits.slots(SLOTS, CONCURRENCY).queue(64, 48).limits(),
                NanoClock.SYSTEM,
                Thread.ofPlatform().daemon().factory(),
                SchedulingObserver.NONE);
        List<List<CountingJob>> submitted = new ArrayList<>();
        List<Thread> submitters = new ArrayList<>();
        for (int i = 0; i < SUBMITTERS; i++) {
            List<CountingJob> jobs = new ArrayList<>();
            submitted.add(jobs);
            long seed = i;
            submitters.add(Thread.ofPlatform().start(() -> submitAll(scheduler, jobs, new SplittableRandom(seed))));
        }
        for (Thread submitter : submitters) {
            submitter.join();
        }
        assertThat(scheduler.drain(Duration.ofSeconds(30))).isTrue();

        assertThat(submitted.stream().flatMap(List::stream))
                .hasSize(SUBMITTERS * JOBS_EACH)
                .allSatisfy(job -> assertThat(job.ends).hasValue(1));
        assertThat(mostRunning.get()).isLessThanOrEqualTo(SLOTS);
        assertThat(mostOfGroup.get()).isLessThanOrEqualTo(CONCURRENCY);
        assertThat(scheduler.slotsInUse()).isZero();
        assertThat(scheduler.queueLength()).isZero();
    }

    private void submitAll(Scheduler scheduler, List<CountingJob> jobs, SplittableRandom random) {
        for (int i = 0; i < JOBS_EACH; i++) {
            CountingJob job = new CountingJob(random.nextInt(runningOfGroup.length));
            jobs.add(job);
            submit(scheduler, job, random.nextInt(4) == 0);
        }
    }

    private static void submit(Scheduler scheduler, CountingJob job, boolean cancel) {
        try {
            Ticket ticket = scheduler.submit(Admission.of("group-" + job.group), job);
            if (cancel && scheduler.cancel(ticket)) {
                job.ends.incrementAndGet();
            }
        } catch (OverCapacityException refused) {
            job.ends.incrementAndGet();
        } catch (ShuttingDownException e) {
            throw new IllegalStateException(e);
        }
    }
}

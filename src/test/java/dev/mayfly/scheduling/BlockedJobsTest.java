package dev.mayfly.scheduling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BlockedJobsTest {

    private final List<RecordingJob> jobs = new ArrayList<>();
    private final CountDownLatch arrival = new CountDownLatch(1);
    private Scheduler scheduler = scheduler(Limits.slots(2, 8));

    private static Scheduler scheduler(Limits limits) {
        return new Scheduler(
                limits.limits(),
                NanoClock.SYSTEM,
                Thread.ofPlatform().daemon().name("slot-", 1).factory(),
                SchedulingObserver.NONE);
    }

    @AfterEach
    void endEverything() throws InterruptedException {
        arrival.countDown();
        jobs.forEach(RecordingJob::end);
        assertThat(scheduler.drain(Duration.ofSeconds(20))).isTrue();
    }

    private RecordingJob submit(String group) throws Exception {
        RecordingJob job = new RecordingJob();
        jobs.add(job);
        scheduler.submit(Admission.of(group), job);
        return job;
    }

    /** Waits, without its slot if it may, until {@link #arrival}. */
    private final class Waiting implements Job {
        final CountDownLatch computesAgain = new CountDownLatch(1);
        volatile boolean hopeless;

        @Override
        public void run(Ticket ticket) {
            ticket.block();
            try {
                arrival.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            ticket.unblock(() -> hopeless);
            computesAgain.countDown();
        }

        @Override
        public void drop(Drop why) {}

        @Override
        public void interrupt() {
            arrival.countDown();
        }
    }

    private Waiting submitWaiting(String group) throws Exception {
        Waiting job = new Waiting();
        scheduler.submit(Admission.of(group), job);
        return job;
    }

    @Test
    void jobsThatWaitLeaveTheirSlotsToOthers() throws Exception {
        for (int i = 0; i < 6; i++) {
            submitWaiting("waiting");
        }
        await().until(() -> scheduler.blocked() == 6);

        submit("computing").awaitStarted();
        submit("computing").awaitStarted();

        assertThat(scheduler.slotsInUse()).isEqualTo(2);
        assertThat(scheduler.running()).isEqualTo(8);
    }

    @Test
    void beyondThePlacesForThemJobsWaitInTheirSlots() throws Exception {
        scheduler = scheduler(Limits.slots(2, 2).blocked(2));
        for (int i = 0; i < 4; i++) {
            submitWaiting("group-" + i);
        }
        await().until(() -> scheduler.running() == 4);

        RecordingJob computing = submit("computing");
        assertThat(scheduler.slotsInUse()).isEqualTo(2);
        assertThat(computing.runs).hasValue(0);
        arrival.countDown();
        computing.awaitStarted();
    }

    @Test
    void oneGroupLeavesSomeOfThePlacesToOthers() throws Exception {
        scheduler = scheduler(Limits.slots(2, 2).blocked(4));
        for (int i = 0; i < 5; i++) {
            submitWaiting("greedy");
        }
        await().until(() -> scheduler.running() == 5);

        assertThat(scheduler.blocked()).isEqualTo(3);
    }

    @Test
    void aJobThatHasWaitedGoesOnBeforeOthersStart() throws Exception {
        scheduler = scheduler(Limits.slots(1, 1));
        Waiting waiting = submitWaiting("waiting");
        await().until(() -> scheduler.blocked() == 1);
        RecordingJob computing = submit("computing");
        computing.awaitStarted();
        RecordingJob next = submit("computing");
        arrival.countDown();
        // It wants its slot once it is at the end of its wait.
        await().until(() -> threadsIn("unblock") == 1);

        assertThat(waiting.computesAgain.getCount()).isEqualTo(1);
        computing.end();
        waiting.computesAgain.await();
        next.awaitStarted();
    }

    private static long threadsIn(String method) {
        return Thread.getAllStackTraces().values().stream()
                .filter(stack -> List.of(stack).stream()
                        .anyMatch(frame -> frame.getClassName().equals(Scheduler.class.getName())
                                && frame.getMethodName().equals(method)))
                .count();
    }

    @Test
    void aJobWithoutHopeEndsWithoutASlot() throws Exception {
        scheduler = scheduler(Limits.slots(1, 1));
        Waiting waiting = submitWaiting("waiting");
        waiting.hopeless = true;
        await().until(() -> scheduler.blocked() == 1);
        RecordingJob computing = submit("computing");
        computing.awaitStarted();

        arrival.countDown();
        waiting.computesAgain.await();

        await().until(() -> scheduler.running() == 1);
        assertThat(scheduler.slotsInUse()).isEqualTo(1);
    }

    @Test
    void aBoundOfTheGroupsOwnCountsThoseThatWaitToo() throws Exception {
        Admission narrow = new Admission("narrow", Admission.DEFAULT_WEIGHT, 1, null, null);
        scheduler.submit(narrow, new Waiting());
        await().until(() -> scheduler.blocked() == 1);
        RecordingJob second = new RecordingJob();
        jobs.add(second);
        scheduler.submit(narrow, second);

        submit("other").awaitStarted();
        assertThat(second.runs).hasValue(0);
    }

    /** Jobs that compute, wait and compute: never more at once than there are slots, and all come to their end. */
    @Test
    void noMoreComputeAtOnceThanThereAreSlots() throws Exception {
        int slots = 3;
        scheduler = scheduler(Limits.slots(slots, 2));
        AtomicInteger computing = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger ended = new AtomicInteger();
        SplittableRandom random = new SplittableRandom(1);
        int count = 3_000;
        for (int i = 0; i < count; i++) {
            long seed = random.nextLong();
            scheduler.submit(Admission.of("group-" + i % 5), new Job() {
                @Override
                public void run(Ticket ticket) {
                    SplittableRandom mine = new SplittableRandom(seed);
                    int turns = mine.nextInt(4);
                    compute(mine);
                    for (int turn = 0; turn < turns; turn++) {
                        ticket.block();
                        ticket.block();
                        spin(mine);
                        ticket.unblock(() -> false);
                        compute(mine);
                    }
                    ended.incrementAndGet();
                }

                private void compute(SplittableRandom mine) {
                    most.accumulateAndGet(computing.incrementAndGet(), Math::max);
                    spin(mine);
                    computing.decrementAndGet();
                }

                @SuppressWarnings("ThreadPriorityCheck") // invites another interleaving, relies on nothing
                private void spin(SplittableRandom mine) {
                    for (int i = mine.nextInt(3); i > 0; i--) {
                        Thread.yield();
                    }
                }

                @Override
                public void drop(Drop why) {}

                @Override
                public void interrupt() {}
            });
        }

        await().until(() -> ended.get() == count);
        await().until(() -> scheduler.running() == 0);
        assertThat(most.get()).isBetween(2, slots);
        assertThat(scheduler.slotsInUse()).isZero();
        assertThat(scheduler.blocked()).isZero();
    }

    @Test
    void moreSlotsStartMoreJobsAndFewerLetThemEnd() throws Exception {
        scheduler = scheduler(Limits.slots(1, null));
        List<RecordingJob> submitted = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            submitted.add(submit("group"));
        }
        submitted.getFirst().awaitStarted();
        assertThat(scheduler.slotsInUse()).isEqualTo(1);

        scheduler.resize(8);
        // Three quarters of the slots are for one group.
        await().until(() -> scheduler.slotsInUse() == 6);

        scheduler.resize(2);
        RecordingJob other = submit("other");
        for (int i = 0; i < 5; i++) {
            submitted.get(i).end();
        }
        other.awaitStarted();
        assertThat(scheduler.slotsInUse()).isEqualTo(2);
        assertThat(scheduler.limits().slots()).isEqualTo(2);
    }

    @Test
    void withoutSlotsJobsOnlyWait() throws Exception {
        scheduler.resize(0);
        RecordingJob job = submit("group");
        assertThat(scheduler.queueLength()).isEqualTo(1);

        scheduler.resize(1);
        job.awaitStarted();
    }
}
